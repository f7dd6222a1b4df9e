package dev.lockstep.simulation;

import dev.lockstep.stats.CochranMantelHaenszel;
import dev.lockstep.stats.McNemar;
import dev.lockstep.stats.McNemarPower;
import dev.lockstep.stats.PairedCounts;
import dev.lockstep.stats.Proportion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** What tests of scores find when the pass rate falls. */
final class ScorePowerTable implements Simulation {
    private static final int NIGHTS = 4_000;
    private static final int RUNS = 10;
    private static final int CASES = 500;
    private static final double DISCORDANCE = 0.1;
    private static final double ALPHA = 0.05;
    private static final double[] LOSSES = {0, .01, .03, .05};
    private static final double TARGET = 0.94;

    @Override
    public Chapter run(Effort effort) {
        List<List<String>> rows = new ArrayList<>();
        for (double loss : LOSSES) {
            List<Proportion> power =
                    Power.of(effort.replicates("L4 power " + loss, NIGHTS).map(random -> night(loss, random)));
            rows.add(Stream.concat(
                            Stream.of(Numbers.plain(loss), Numbers.three(exact(loss))), Power.cells(power).stream())
                    .toList());
        }
        Figure figure = Figure.atLeast("power of exact McNemar, 500 cases, loss 0.05", exact(.05), TARGET);
        return new Chapter("What L4 finds", text(effort), List.of(table(rows)), List.of(figure));
    }

    private static String text(Effort effort) {
        return "500 cases, accuracy .7, discordance .1, α = .05, " + effort.scaled(NIGHTS)
                + " nights a row. As the gate has it, the means of ten noisy runs are compared (run-level t). Beside it what alarms"
                + " under an epoch effect, and therefore is told and decides nothing: one baseline run paired with tonight's by McNemar's"
                + " test, exactly computed and simulated, and ten runs compared case by case (exact CMH).";
    }

    private static Table table(List<List<String>> rows) {
        return new Table(
                "Share of nights on which the test alarms.",
                List.of(
                        "true loss",
                        "exact McNemar, computed",
                        "exact McNemar",
                        "exact CMH, 10 runs",
                        "run-level t, 10 runs"),
                rows);
    }

    private static double exact(double loss) {
        return McNemarPower.exact(CASES, DISCORDANCE, -loss, ALPHA);
    }

    private static boolean[] night(double loss, SplittableRandom random) {
        ScoreModel.Suite suite = new ScoreModel(CASES, .7, DISCORDANCE, 1).suite(random);
        int[][] baseline = new int[RUNS][];
        Arrays.setAll(baseline, run -> suite.run(random));
        int[] tonight = suite.run(1, -loss, random);
        PairedCounts pairs = Scores.paired(baseline[0], tonight);
        return new boolean[] {
            McNemar.exact(pairs.losses(), pairs.gains()).pValue() <= ALPHA,
            ofCases(baseline, tonight) <= ALPHA,
            ofRuns(baseline, tonight) <= ALPHA
        };
    }

    private static double ofCases(int[][] baseline, int[] tonight) {
        return CochranMantelHaenszel.exact(
                        Scores.sum(baseline), Scores.each(CASES, RUNS), tonight, Scores.each(CASES, 1))
                .pValue();
    }

    private static double ofRuns(int[][] baseline, int[] tonight) {
        double[] means =
                Arrays.stream(baseline).mapToDouble(run -> Scores.mean(run, 1)).toArray();
        return ScoreBaseline.change(means, Scores.mean(tonight, 1), CASES)
                .test()
                .pValue();
    }
}
