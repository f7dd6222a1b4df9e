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
        /** As shipped, where a second server start may be had. */
        BOTH,
        /** As shipped, where it may not be had: the screen must be {@link #ALONE}. */
        ONE_START
    }

    /** A screen that needs no second start: as rare as a screen and a confirmation that share nothing. */
    static final double ALONE = DecisionRule.SCREEN / 4 * DecisionRule.CONFIRM;

    /** Draws the calibration runs. */
    SurrogateFamily(int runs, double phi, RandomGenerator random) {
        this.phi = phi;
        this.unchanged = new double[runs];
        Arrays.setAll(unchanged, run -> distance(epoch(random), 1, random));
    }

    /** Draws the epoch of a night. */
    DecisionRule.Family night(Confirmation where, RandomGenerator random) {
        return new Night(where, epoch(random));
    }

    private final class Night implements DecisionRule.Family {
        private final Confirmation where;
        private final double epoch;
        private double screened = 1;

        Night(Confirmation where, double epoch) {
            this.where = where;
            this.epoch = epoch;
        }

        @Override
        public double screen(RandomGenerator random) {
            screened = pValue(epoch, 1, random);
            return screened;
        }

        @Override
        public double confirm(RandomGenerator random) {
            return switch (where) {
                case FRESH_EPOCH -> inFreshEpoch(random);
                case SAME_EPOCH -> inSameEpoch(random);
                case BOTH -> Math.max(inSameEpoch(random), inFreshEpoch(random));
                case ONE_START -> screened <= ALONE ? inSameEpoch(random) : 1;
            };
        }

        private double inSameEpoch(RandomGenerator random) {
            return pValue(epoch, 2, random);
        }

        private double inFreshEpoch(RandomGenerator random) {
            return pValue(SurrogateFamily.this.epoch(random), 2, random);
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
