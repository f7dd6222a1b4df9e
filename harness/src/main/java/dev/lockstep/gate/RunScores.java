package dev.lockstep.gate;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.ScoreTable;
import dev.lockstep.gate.Finding.Result;
import dev.lockstep.run.SampleKey;
import dev.lockstep.stats.Interval;
import dev.lockstep.stats.MeanEstimate;
import dev.lockstep.stats.NonInferiority;
import dev.lockstep.stats.RunLevelT;
import dev.lockstep.stats.RunMeanT;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The mean score of a run beside those of the approved runs: the run is the unit, for its answers share its noise.
 *
 * <p>The runs are taken to vary by one case at least, for what did not vary in ten runs may in the eleventh. A sample that one of
 * them lacks counts in none: means over different cases differ by those.
 */
final class RunScores {
    private static final double ROUNDING = 1e-12;

    private final double[] unchanged;
    private final double tonight;
    private final MeanEstimate change;
    private final double margin;

    RunScores(Baseline baseline, List<Tonight> passes, List<SampleKey> keys, double margin) {
        List<SampleKey> common = scoredInAll(approved(baseline), keys);
        this.unchanged = means(baseline, common);
        this.tonight = passes.stream()
                .mapToDouble(pass -> CaseMeans.mean(pass.scores(), common))
                .average()
                .orElse(0);
        this.change = RunMeanT.change(unchanged, tonight, oneOf(common));
        this.margin = margin;
    }

    /** Returns by how much a new run's mean differs from those of the approved runs where nothing changed. */
    static MeanEstimate noise(Baseline baseline, List<SampleKey> keys) {
        List<SampleKey> common = scoredInAll(approved(baseline), keys);
        MeanEstimate change = RunMeanT.change(means(baseline, common), 0, oneOf(common));
        return new MeanEstimate(0, change.standardError(), change.degreesOfFreedom());
    }

    private static List<ScoreTable> approved(Baseline baseline) {
        return baseline.runs().stream().map(run -> run.manifest().scores()).toList();
    }

    private static List<SampleKey> scoredInAll(List<ScoreTable> tables, List<SampleKey> keys) {
        return keys.stream()
                .filter(key -> tables.stream().allMatch(scores -> CaseMeans.isScored(scores, key)))
                .toList();
    }

    private static double[] means(Baseline baseline, List<SampleKey> keys) {
        return approved(baseline).stream()
                .mapToDouble(scores -> CaseMeans.mean(scores, keys))
                .toArray();
    }

    private static double oneOf(List<SampleKey> keys) {
        return 1.0 / Math.max(1, CaseMeans.count(keys));
    }

    double pValue() {
        return change.test().pValue();
    }

    /**
     * Returns the p-value of the run's rank by its distance from the mean of all runs, its own among them: right for any noise of
     * the starts, and never below 1 / (approved runs + 1).
     */
    double rank() {
        double centre = (Arrays.stream(unchanged).sum() + tonight) / (unchanged.length + 1);
        double[] distances =
                Arrays.stream(unchanged).map(run -> distance(run, centre)).toArray();
        return RunLevelT.rank(distances, distance(tonight, centre));
    }

    /** Distances that are equal but for rounding tie. */
    private static double distance(double mean, double centre) {
        return Math.rint(Math.abs(mean - centre) / ROUNDING);
    }

    /** Says whether a loss of the margin is ruled out. */
    Result result() {
        return lossAtMargin() <= NonInferiority.LEVEL ? Result.SAME : Result.UNDECIDED;
    }

    String effect() {
        Interval interval = change.interval(Interval.TOLD);
        return String.format(
                Locale.ROOT,
                "mean change %+.1f pp against the approved runs, 95 %% interval %+.1f to %+.1f pp; a loss of %.1f pp %s (p %.3f)",
                100 * change.mean(),
                100 * Math.max(-1, interval.low()),
                100 * Math.min(1, interval.high()),
                100 * margin,
                result() == Result.SAME ? "is ruled out" : "is not ruled out",
                lossAtMargin());
    }

    /** Returns the smallest change that a two-sided test of this level would see four times out of five. */
    String reach(double level) {
        return String.format(
                Locale.ROOT,
                "%.1f pp of score",
                100 * RunLevelT.quantiles(level / 2, change.degreesOfFreedom()) * change.standardError());
    }

    /** Returns what would rule the loss out. */
    String remedy() {
        double needed =
                RunLevelT.quantiles(NonInferiority.LEVEL, change.degreesOfFreedom()) * change.standardError() / margin;
        return String.format(
                Locale.ROOT,
                "about %.0f times the cases would rule it out, or a margin of %.1f pp",
                Math.ceil(needed * needed),
                100 * margin * needed);
    }

    private double lossAtMargin() {
        return NonInferiority.test(change, margin).pValue();
    }
}
