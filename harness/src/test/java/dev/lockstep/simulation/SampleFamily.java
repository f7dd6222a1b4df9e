package dev.lockstep.simulation;

import dev.lockstep.stats.Permutations;
import dev.lockstep.stats.SampleKernel;
import dev.lockstep.stats.Similarity;
import java.util.List;
import java.util.random.RandomGenerator;

/** Detector L3 on the toy model: discrepancy and diversity against all baseline runs, permuted within prompts, as one family. */
final class SampleFamily implements DecisionRule.Family {
    private static final int DRAWS = 999;
    private static final int PROMPTS = 1 << 24;

    private final Sampler sampler;
    private final SampleSize size;
    private final int first;
    private final int[][][] baseline;

    /**
     * Samples the baseline.
     *
     * @param size of one run
     */
    SampleFamily(Sampler sampler, SampleSize size, int runs, RandomGenerator random) {
        this.sampler = sampler;
        this.size = size;
        this.first = random.nextInt(PROMPTS);
        this.baseline = sampler.answers(first, size.times(runs), 0, random);
    }

    @Override
    public double screen(RandomGenerator random) {
        return pValue(size, random);
    }

    @Override
    public double confirm(RandomGenerator random) {
        return pValue(size.times(2), random);
    }

    private double pValue(SampleSize asked, RandomGenerator random) {
        int[][][] tonight = sampler.answers(first, asked, 0, random);
        SampleKernel kernel = SampleKernel.of(tonight, baseline, Similarity.hamming());
        return new Permutations(random.nextLong(), DRAWS)
                .family(List.of(kernel.discrepancy(), kernel.diversity()))
                .test()
                .pValue();
    }
}
