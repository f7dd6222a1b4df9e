package dev.lockstep.simulation;

import dev.lockstep.stats.RunLevelT;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A run-level detector whose distances are drawn directly: lognormal, with standard deviation 1 of the logarithm.
 *
 * <p>Of the variance a share 1 − 1/φ belongs to the epoch; the rest is that of the run's own values, of which a confirmation has
 * twice as many.
 */
final class SurrogateFamily {
    private final double[] unchanged;
    private final double phi;

    /** Where a confirmation runs. */
    enum Confirmation {
        FRESH_EPOCH,
        SAME_EPOCH,
        BOTH
    }

    /** Draws the calibration runs. */
    SurrogateFamily(int runs, double phi, RandomGenerator random) {
        this.phi = phi;
        this.unchanged = new double[runs];
        Arrays.setAll(unchanged, run -> distance(epoch(random), 1, random));
    }

    /** Draws the epoch of a night. */
    DecisionRule.Family night(Confirmation where, RandomGenerator random) {
        return new Night(this, where, epoch(random));
    }

    private record Night(SurrogateFamily family, Confirmation where, double epoch) implements DecisionRule.Family {

        @Override
        public double screen(RandomGenerator random) {
            return family.pValue(epoch, 1, random);
        }

        @Override
        public double confirm(RandomGenerator random) {
            return switch (where) {
                case FRESH_EPOCH -> inFreshEpoch(random);
                case SAME_EPOCH -> family.pValue(epoch, 2, random);
                case BOTH -> Math.max(family.pValue(epoch, 2, random), inFreshEpoch(random));
            };
        }

        private double inFreshEpoch(RandomGenerator random) {
            return family.pValue(family.epoch(random), 2, random);
        }
    }

    private double epoch(RandomGenerator random) {
        return Math.sqrt(1 - 1 / phi) * random.nextGaussian();
    }

    private double distance(double epoch, int work, RandomGenerator random) {
        return Math.exp(epoch + Math.sqrt(1 / phi / work) * random.nextGaussian());
    }

    private double pValue(double epoch, int work, RandomGenerator random) {
        return RunLevelT.upperTail(unchanged, distance(epoch, work, random));
    }
}
