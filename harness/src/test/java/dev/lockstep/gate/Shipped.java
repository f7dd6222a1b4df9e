package dev.lockstep.gate;

import dev.lockstep.baseline.Calibration;
import dev.lockstep.gate.SampleArm.Draw;
import dev.lockstep.stats.Permutations;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

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

    private static SampleArm arm(int[][][] tokens) {
        return new SampleArm(Arrays.stream(tokens)
                .map(samples -> Arrays.stream(samples).map(Shipped::draw).toList())
                .toList());
    }

    private static Draw draw(int[] tokens) {
        return new Draw(Arrays.stream(tokens).boxed().toList(), false, false, false);
    }
}
