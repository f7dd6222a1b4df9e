package dev.lockstep.stats;

import dev.lockstep.stats.TestResult.Reason;
import java.util.function.DoubleUnaryOperator;

/** A statistic made of mean similarities: what each prompt contributes is averaged, then finished. */
record KernelStatistic(SampleKernel kernel, Contribution contribution, DoubleUnaryOperator finish)
        implements TwoArmStatistic {

    @Override
    public Strata strata() {
        return kernel.strata();
    }

    @Override
    public double of(int[] order) {
        return finish.applyAsDouble(kernel.mean(order, contribution));
    }

    @Override
    public Reason reason() {
        return kernel.reason();
    }

    /** What one prompt contributes. */
    @FunctionalInterface
    interface Contribution {
        /** Returns the contribution of a prompt under one arrangement. */
        double of(PromptKernel prompt, PromptKernel.PairMeans means);
    }
}
