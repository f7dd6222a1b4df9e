package dev.lockstep.simulation;

import dev.lockstep.gate.DriftRule.Basis;
import dev.lockstep.gate.Shipped;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Detector L3 of a noisy stack on the toy model: the gate's own test, every statistic of a run against those of whole runs. */
final class SampleFamily {
    private static final int PROMPTS = 1 << 24;

    private final Sampler sampler;
    private final SampleSize size;
    private final double spread;
    private final int first;
    private final ToDoubleFunction<int[][][]> test;

    /**
     * Samples the baseline.
     *
     * @param size of one run
     * @param spread standard deviation of the lean that an epoch draws for each prompt
     */
    SampleFamily(Sampler sampler, SampleSize size, int runs, double spread, RandomGenerator random) {
        this.sampler = sampler;
        this.size = size;
        this.spread = spread;
        this.first = random.nextInt(PROMPTS);
        List<int[][][]> approved = Stream.generate(() -> sampler.answers(first, size, spread, random))
                .limit(runs)
                .toList();
        this.test = Shipped.samplesByRuns(approved, random.nextLong());
    }

    /** Draws the epoch of a night. */
    DecisionRule.Family night(RandomGenerator random) {
        return new Night(epoch(random));
    }

    private double[] epoch(RandomGenerator random) {
        return Sampler.epoch(size.prompts(), spread, random);
    }

    private double pValue(SampleSize asked, double[] epoch, RandomGenerator random) {
        return test.applyAsDouble(sampler.answers(first, asked, epoch, random));
    }

    private final class Night implements DecisionRule.Family {
        private final double[] epoch;

        Night(double[] epoch) {
            this.epoch = epoch;
        }

        @Override
        public String detector() {
            return "L3";
        }

        @Override
        public Basis basis() {
            return Basis.RUNS;
        }

        @Override
        public double screen(RandomGenerator random) {
            return pValue(size, epoch, random);
        }

        @Override
        public double here(RandomGenerator random) {
            return pValue(size.times(2), epoch, random);
        }

        @Override
        public double elsewhere(RandomGenerator random) {
            return pValue(size.times(2), SampleFamily.this.epoch(random), random);
        }
    }
}
