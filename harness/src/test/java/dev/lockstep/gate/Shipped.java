package dev.lockstep.gate;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.BaselineRun;
import dev.lockstep.baseline.Calibration;
import dev.lockstep.baseline.FingerprintAspect;
import dev.lockstep.gate.SampleArm.Draw;
import dev.lockstep.run.Sample;
import dev.lockstep.stats.Permutations;
import dev.lockstep.testing.Answers;
import dev.lockstep.testing.Runs;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The gate's own tests on bare tokens and scores, for those who simulate them. */
public final class Shipped {
    private Shipped() {}

    /**
     * Returns detector L3 on a noisy stack: from tonight's tokens to a p-value.
     *
     * @param runs the approved runs' token ids by prompt, sample and position
     */
    public static ToDoubleFunction<int[][][]> samplesByRuns(List<int[][][]> runs, long seed) {
        SampleRuns approved = new SampleRuns(runs.stream().map(Shipped::arm).toList(), seed);
        return tonight -> approved.tests(arm(tonight)).pValue();
    }

    /** Returns the p-value of detector L3 on a stack whose answers repeat. */
    public static double samplesByPermutation(List<int[][][]> runs, int[][][] tonight, Permutations permutations) {
        SampleArms arms =
                new SampleArms(arm(tonight), runs.stream().map(Shipped::arm).toList());
        return SamplePermutation.of(arms, permutations).pValue();
    }

    /**
     * Returns what detector L4 finds on a noisy stack of a hundred cases.
     *
     * @param tonight passes of the run
     * @param runs passes of each approved run, at least seven
     */
    public static Finding scoresByRuns(int tonight, int... runs) {
        Calibration noisy = new Calibration("L4", runs.length, 100, 100 * (runs.length - 1), 1);
        return GateFixture.gate()
                .judge(
                        GateFixture.scored(noisy, runs),
                        GateFixture.asked(GateFixture.tonight(GateFixture.firstRight(tonight))),
                        List.of())
                .findings()
                .getLast();
    }

    /**
     * Returns the p-value of detector L1 on a noisy stack of ten prompts.
     *
     * @param runs how many of the answers of each approved run are words of its own
     * @param tonight how many of tonight's are
     */
    public static double tokensByRuns(int[] runs, int tonight) {
        return distances(
                FingerprintAspect.TOKENS,
                Arrays.stream(runs).mapToObj(Shipped::others).toList(),
                others(tonight));
    }

    /**
     * Returns the p-value of detector L2 on a noisy stack of ten prompts, of whose answers of four tokens each has a log-probability.
     *
     * @param runs by run and prompt
     * @param tonight by prompt
     */
    public static double logprobsByRuns(double[][] runs, double[] tonight) {
        return distances(
                FingerprintAspect.LOGPROBS,
                Arrays.stream(runs).map(Shipped::scored).toList(),
                scored(tonight));
    }

    private static double distances(FingerprintAspect aspect, List<List<Sample>> runs, List<Sample> tonight) {
        Baseline baseline = Runs.baseline(IntStream.range(0, runs.size())
                .mapToObj(run -> Runs.run("r" + run, runs.get(run), GateFixture.noScores()))
                .toArray(BaselineRun[]::new));
        return new RunDistances(aspect, baseline, List.of(GateFixture.tonight(tonight)), GateFixture.FINGERPRINTS)
                .pValue();
    }

    private static List<Sample> others(int count) {
        return IntStream.range(0, GateFixture.FINGERPRINTS.size())
                .mapToObj(
                        i -> Answers.answered(GateFixture.FINGERPRINTS.get(i), i < count ? "own-" + count : "same", -1))
                .toList();
    }

    private static List<Sample> scored(double[] logprobs) {
        return IntStream.range(0, logprobs.length)
                .mapToObj(i -> Answers.answered(GateFixture.FINGERPRINTS.get(i), "same", logprobs[i]))
                .toList();
    }

    private static SampleArm arm(int[][][] tokens) {
        return new SampleArm(Arrays.stream(tokens)
                .map(samples -> Arrays.stream(samples).map(Shipped::draw).toList())
                .toList());
    }

    private static Draw draw(int[] tokens) {
        return new Draw(Arrays.stream(tokens).boxed().toList(), false, false, false);
    }
}
