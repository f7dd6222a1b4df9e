package dev.lockstep.report;

import dev.lockstep.job.RunResult.SuiteSummary;
import java.util.ArrayList;
import java.util.List;

/**
 * A dumbbell for each suite: a ring for the baseline, a disc for tonight, a bar between them.
 *
 * <p>Places are percentages, so the plot fits any width while its text keeps its size.
 */
final class ScorePlot {
    private static final int LANE = 44;
    private static final int AXIS = 24;

    private ScorePlot() {}

    static Html html(List<SuiteSummary> suites) {
        int height = suites.size() * LANE + AXIS;
        List<Html> parts = new ArrayList<>(grid(height));
        for (int index = 0; index < suites.size(); index++) {
            parts.addAll(lane(suites.get(index), index * LANE));
        }
        Html plot =
                Svg.plot(height, "Mean score per suite, tonight and baseline; the table below has the numbers", parts);
        Html legend = Html.tag("figcaption", "○ baseline   ● tonight");
        return Html.tag("figure", plot, legend);
    }

    private static List<Html> grid(int height) {
        List<Html> parts = new ArrayList<>();
        for (String tick : List.of("0", "0.25", "0.5", "0.75", "1")) {
            double x = x(Double.parseDouble(tick));
            parts.add(Svg.vertical(x, 0, height - AXIS).classed("grid"));
            parts.add(Svg.text(x, height - 8, tick).classed("tick").with("text-anchor", anchor(tick)));
        }
        return parts;
    }

    private static String anchor(String tick) {
        return switch (tick) {
            case "0" -> "start";
            case "1" -> "end";
            default -> "middle";
        };
    }

    private static List<Html> lane(SuiteSummary suite, int top) {
        int y = top + 30;
        List<Html> parts = new ArrayList<>();
        parts.add(Svg.text(0, top + 16, suite.suite() + "  " + values(suite)).classed("label"));
        suite.baseline().ifPresent(mean -> {
            parts.add(
                    Svg.horizontal(x(mean), x(suite.tonight()), y).classed(suite.tonight() < mean ? "bar" : "bar up"));
            parts.add(Svg.circle(x(mean), y, 6).classed("ring"));
        });
        parts.add(Svg.circle(x(suite.tonight()), y, 4).classed("disc"));
        return parts;
    }

    private static String values(SuiteSummary suite) {
        String tonight = Figures.score(suite.tonight());
        return suite.baseline()
                .map(mean -> Figures.score(mean) + " → " + tonight)
                .orElse(tonight);
    }

    private static double x(double score) {
        return 1 + 98 * score;
    }
}
