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
import java.util.List;
import java.util.Locale;

/**
 * The mean score of a run beside those of the approved runs: the run is the unit, for its answers share its noise.
 *
 * <p>The runs are taken to vary by one sample at least, for what did not vary in ten runs may in the eleventh.
 */
final class RunScores {
    private static final double SAME_LEVEL = 0.05;
    private static final double SHOWN_LEVEL = 0.9;

    private final MeanEstimate change;
    private final double margin;

    RunScores(Baseline baseline, List<Tonight> passes, List<SampleKey> keys, double margin) {
        double tonight = passes.stream()
                .mapToDouble(pass -> mean(pass.scores(), keys))
                .average()
                .orElse(0);
        this.change = change(baseline, keys, tonight);
        this.margin = margin;
    }

    /** Returns by how much a new run's mean differs from those of the approved runs where nothing changed. */
    static MeanEstimate noise(Baseline baseline, List<SampleKey> keys) {
        MeanEstimate change = change(baseline, keys, 0);
        return new MeanEstimate(0, change.standardError(), change.degreesOfFreedom());
    }

    private static MeanEstimate change(Baseline baseline, List<SampleKey> keys, double tonight) {
        double[] unchanged = baseline.runs().stream()
                .mapToDouble(run -> mean(run.manifest().scores(), keys))
                .toArray();
        return RunMeanT.change(unchanged, tonight, 1.0 / Math.max(1, keys.size()));
    }

    double pValue() {
        return change.test().pValue();
    }

    /** Says whether a loss of the margin is ruled out. */
    Result result() {
        return lossAtMargin() <= SAME_LEVEL ? Result.SAME : Result.UNDECIDED;
    }

    String effect() {
        Interval interval = change.interval(SHOWN_LEVEL);
        return String.format(
                Locale.ROOT,
                "mean change %+.1f pp against the approved runs, 90 %% interval %+.1f to %+.1f pp; a loss of %.1f pp %s (p %.3f)%s",
                100 * change.mean(),
                100 * interval.low(),
                100 * interval.high(),
                100 * margin,
                result() == Result.SAME ? "is ruled out" : "is not ruled out",
                lossAtMargin(),
                result() == Result.SAME ? "" : remedy());
    }

    /** Returns the smallest change that a two-sided test of this level would see four times out of five. */
    String reach(double level) {
        return String.format(
                Locale.ROOT,
                "%.1f pp of score",
                100 * RunLevelT.quantiles(level / 2, change.degreesOfFreedom()) * change.standardError());
    }

    private String remedy() {
        double needed = RunLevelT.quantiles(SAME_LEVEL, change.degreesOfFreedom()) * change.standardError() / margin;
        return String.format(
                Locale.ROOT,
                "; about %.0f times the cases or repetitions would, or a margin of %.1f pp",
                Math.ceil(needed * needed),
                100 * margin * needed);
    }

    private double lossAtMargin() {
        return NonInferiority.test(change, margin).pValue();
    }

    private static double mean(ScoreTable scores, List<SampleKey> keys) {
        return keys.stream().mapToDouble(scores::value).average().orElse(0);
    }
}
