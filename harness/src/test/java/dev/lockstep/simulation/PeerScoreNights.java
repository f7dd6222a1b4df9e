package dev.lockstep.simulation;

import dev.lockstep.stats.McNemar;
import dev.lockstep.stats.PairedCounts;
import dev.lockstep.stats.Proportion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Peers' rules on scores beside ours, on unchanged nights and after a loss, with and without an epoch effect. */
final class PeerScoreNights implements Simulation {
    private static final int NIGHTS = 4_000;
    private static final int RUNS = 10;
    private static final int CASES = 500;
    private static final double DISCORDANCE = 0.1;
    private static final double ALPHA = 0.05;
    private static final List<String> RULES = List.of(
            "2 points",
            "unpaired z (lm-eval)",
            "confidence sequence (EVALSIG)",
            "exact McNemar",
            "run-level t, 10 runs");

    private record Setting(double phi, double loss) {}

    private static final List<Setting> SETTINGS =
            List.of(new Setting(1, 0), new Setting(3, 0), new Setting(1, .05), new Setting(3, .05));

    @Override
    public Chapter run(Effort effort) {
        List<List<Proportion>> columns = SETTINGS.stream()
                .map(setting -> Power.of(
                        effort.replicates("peer scores " + setting, NIGHTS).map(random -> night(setting, random))))
                .toList();
        List<List<String>> rows = IntStream.range(0, RULES.size())
                .mapToObj(rule -> row(rule, columns))
                .toList();
        Table table = new Table(
                "Share of nights on which the rule alarms.",
                List.of("rule", "unchanged, φ = 1", "unchanged, φ = 3", "−5 points, φ = 1", "−5 points, φ = 3"),
                rows);
        return new Chapter("Rules on scores under an epoch effect", text(effort), List.of(table), List.of());
    }

    private static List<String> row(int rule, List<List<Proportion>> columns) {
        List<String> row = new ArrayList<>(List.of(RULES.get(rule)));
        columns.forEach(column -> row.add(Numbers.three(column.get(rule).rate())));
        return row;
    }

    private static String text(Effort effort) {
        return CASES + " cases, discordance .1, α = .05, " + effort.scaled(NIGHTS)
                + " nights a column. With an epoch effect of"
                + " φ = 3 every rule that counts cases alarms on unchanged nights; the one that counts runs does not, and pays"
                + " with power.";
    }

    private static boolean[] night(Setting setting, SplittableRandom random) {
        ScoreModel.Suite suite = new ScoreModel(CASES, .7, DISCORDANCE, setting.phi).suite(random);
        int[][] baseline = new int[RUNS][];
        Arrays.setAll(baseline, run -> suite.run(random));
        int[] tonight = suite.run(1, -setting.loss, random);
        PairedCounts pairs = Scores.paired(baseline[0], tonight);
        double[] means =
                Arrays.stream(baseline).mapToDouble(run -> Scores.mean(run, 1)).toArray();
        return new boolean[] {
            TwoPointRule.alarms(pairs),
            UnpairedZRule.alarms(pairs, ALPHA),
            ConfidenceSequenceRule.alarms(Scores.changes(baseline[0], 1, tonight, 1), ALPHA),
            McNemar.exact(pairs.losses(), pairs.gains()).pValue() <= ALPHA,
            ScoreBaseline.change(means, Scores.mean(tonight, 1), CASES).test().pValue() <= ALPHA
        };
    }
}
