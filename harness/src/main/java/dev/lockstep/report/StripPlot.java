package dev.lockstep.report;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One mark for each sample at its largest difference of log-probabilities, one lane for each suite.
 *
 * <p>The axis is logarithmic, so two kinds have no place on it and stand at the edges, counted: at the left a difference of
 * exactly zero, at the right answers that are apart from the first token on and have no log-probability to compare. A ring has
 * the baseline's tokens, a diamond has others.
 */
final class StripPlot {
    private static final int AXIS = 26;
    private static final int TITLE = 20;
    private static final double ZERO = 3;
    private static final double LEFT = 18;
    private static final double RIGHT = 97;
    private static final double APART = 85;
    private static final double COLUMN = 1.4;
    private static final int MOST_IN_COLUMN = 9;
    private static final int AT_ZERO = -1;
    private static final int AT_APART = Integer.MAX_VALUE;

    private final int lowest;
    private final int highest;
    private final boolean apart;
    private final double right;
    private final List<Html> parts = new ArrayList<>();
    private int y;

    private StripPlot(List<TokenComparison> comparisons) {
        double[] positive = comparisons.stream()
                .flatMapToDouble(one -> one.maxDelta().stream())
                .filter(delta -> delta > 0)
                .sorted()
                .toArray();
        lowest = positive.length == 0 ? -4 : (int) Math.floor(Math.log10(positive[0]));
        int top = positive.length == 0 ? 0 : (int) Math.ceil(Math.log10(positive[positive.length - 1]));
        highest = Math.max(top, lowest + 2);
        apart = comparisons.stream().anyMatch(one -> one.maxDelta().isEmpty());
        right = apart ? APART - 7 : RIGHT;
    }

    static Html html(List<TokenComparison> comparisons) {
        StripPlot plot = new StripPlot(comparisons);
        SortedMap<String, List<TokenComparison>> lanes = new TreeMap<>();
        comparisons.forEach(one -> lanes.computeIfAbsent(one.pair().key().suite(), suite -> new ArrayList<>())
                .add(one));
        lanes.forEach(plot::lane);
        plot.axis();
        Html svg = Svg.plot(
                plot.y + AXIS,
                "Largest absolute difference of log-probabilities for each sample, one lane for each suite",
                plot.parts);
        return Html.tag("figure", svg, Html.tag("figcaption", plot.legend()));
    }

    private String legend() {
        String edge = "○ the baseline's tokens   ◆ other tokens\n"
                + "Largest |Δ logprob| of each sample, natural logarithm, on a logarithmic axis. Left of it: exactly 0; a ◆"
                + " there is equal up to its first other token.";
        return apart
                ? edge
                        + " Right of it, apart: other from the first token on, so there is no log-probability to compare."
                : edge;
    }

    private void lane(String suite, List<TokenComparison> comparisons) {
        SortedMap<Integer, List<TokenComparison>> columns = new TreeMap<>();
        for (TokenComparison one : comparisons) {
            columns.computeIfAbsent(column(one), number -> new ArrayList<>()).add(one);
        }
        int tallest = columns.subMap(0, AT_APART).values().stream()
                .mapToInt(List::size)
                .max()
                .orElse(1);
        int height = Math.max(2, Math.min(tallest, MOST_IN_COLUMN)) * 8 + 14;
        int middle = y + TITLE + height / 2;
        parts.add(Svg.text(0, y + 15.0, suite).classed("label"));
        parts.add(Svg.horizontal(LEFT, right, middle).classed("grid"));
        columns.forEach((column, stack) -> {
            switch (column) {
                case AT_ZERO -> counted(ZERO, stack, middle);
                case AT_APART -> counted(APART, stack, middle);
                default -> stack(LEFT + column * COLUMN, stack, middle);
            }
        });
        y += TITLE + height;
    }

    private int column(TokenComparison one) {
        if (one.maxDelta().isEmpty()) {
            return AT_APART;
        }
        double delta = one.maxDelta().getAsDouble();
        return delta == 0 ? AT_ZERO : (int) Math.round((x(delta) - LEFT) / COLUMN);
    }

    private void counted(double x, List<TokenComparison> stack, int middle) {
        long moved = stack.stream().filter(one -> !one.sameTokens()).count();
        long same = stack.size() - moved;
        int off = moved > 0 && same > 0 ? 7 : 0;
        if (same > 0) {
            parts.add(Svg.circle(x, middle - off, 4).classed("dot"));
            count(x, middle - off, same);
        }
        if (moved > 0) {
            parts.add(Svg.diamond(x, middle + off).classed("diamond"));
            count(x, middle + off, moved);
        }
    }

    private void count(double x, int place, long count) {
        parts.add(Svg.text(x, place + 4.0, "× " + count).classed("tick").with("dx", "10"));
    }

    private void stack(double x, List<TokenComparison> stack, int middle) {
        double step = Math.min(8, 8.0 * MOST_IN_COLUMN / stack.size());
        double top = middle - step * (stack.size() - 1) / 2;
        for (int index = 0; index < stack.size(); index++) {
            parts.add(mark(stack.get(index), x, top + index * step));
        }
    }

    private static Html mark(TokenComparison one, double x, double y) {
        Html tip = Html.tag("title", one.pair().key() + ": " + Figures.logprob(one.maxDelta()));
        return one.sameTokens()
                ? Svg.circle(x, y, 4).classed("dot").plus(tip)
                : Svg.diamond(x, y, tip).classed("diamond");
    }

    private void axis() {
        parts.addFirst(Svg.vertical(LEFT - 2, 6, y).classed("axis"));
        parts.add(Svg.text(ZERO, y + 18.0, "0").classed("tick").with("text-anchor", "middle"));
        if (apart) {
            parts.addFirst(Svg.vertical(APART - 3.5, 6, y).classed("axis"));
            parts.add(Svg.text(APART, y + 18.0, "apart").classed("tick").with("dx", "-6"));
        }
        int every = highest - lowest > 6 ? 2 : 1;
        for (int decade = lowest; decade <= highest; decade += every) {
            double x = x(Math.pow(10, decade));
            parts.addFirst(Svg.vertical(x, 6, y).classed("grid"));
            parts.add(Svg.text(x, y + 18.0, power(decade)).classed("tick").with("text-anchor", "middle"));
        }
    }

    private double x(double delta) {
        return LEFT + (right - LEFT) * (Math.log10(delta) - lowest) / (highest - lowest);
    }

    private static String power(int decade) {
        StringBuilder text = new StringBuilder(decade < 0 ? "10⁻" : "10");
        for (char digit : String.valueOf(Math.abs(decade)).toCharArray()) {
            text.append("⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(digit - '0'));
        }
        return text.toString();
    }
}
