package dev.lockstep.simulation;

import dev.lockstep.gate.DriftRule.Basis;
import dev.lockstep.stats.RunLevelT;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A run-level detector whose distances are drawn directly: lognormal, with standard deviation 1 of the logarithm.
 *
 * <p>Of the variance a share 1 − 1/φ belongs to the epoch; the rest is that of the run's own values, of which a confirmation by the
 * same start has twice as many. Another start answers the prompts once, as the gate has it.
 */
final class SurrogateFamily {
    private final String detector;
    private final double[] unchanged;
    private final double phi;

    /** What a confirmation is. */
    enum Confirmation {
        /** Not shipped: twice the work in a fresh epoch, which decides. */
        FRESH_EPOCH,
        /** Not shipped: twice the work in the same epoch, which decides. */
        SAME_EPOCH,
        SHIPPED
    }

    /** Draws the calibration runs. */
    SurrogateFamily(String detector, int runs, double phi, RandomGenerator random) {
        this.detector = detector;
        this.phi = phi;
        this.unchanged = new double[runs];
        Arrays.setAll(unchanged, run -> distance(epoch(random), 1, random));
    }

    /** Draws the epoch of a night. */
    DecisionRule.Family night(Confirmation confirmation, RandomGenerator random) {
        return new Night(confirmation, epoch(random));
    }

    private final class Night implements DecisionRule.Family {
        private final Confirmation confirmation;
        private final double epoch;

        Night(Confirmation confirmation, double epoch) {
            this.confirmation = confirmation;
            this.epoch = epoch;
        }

        @Override
        public String detector() {
            return detector;
        }

        /** What needs no other start is taken for answers that share nothing. */
        @Override
        public Basis basis() {
            return confirmation == Confirmation.SHIPPED ? Basis.RUNS : Basis.ANSWERS;
        }

        @Override
        public double screen(RandomGenerator random) {
            return pValue(epoch, 1, random);
        }

        @Override
        public double here(RandomGenerator random) {
            double asked = confirmation == Confirmation.FRESH_EPOCH ? SurrogateFamily.this.epoch(random) : epoch;
            return pValue(asked, 2, random);
        }

        @Override
        public double elsewhere(RandomGenerator random) {
            return pValue(SurrogateFamily.this.epoch(random), 1, random);
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
