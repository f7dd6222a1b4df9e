package dev.lockstep.simulation;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Yes/no scores of a suite: most cases always pass or always fail, and unstable ones pass half of the time.
 *
 * <p>Two runs without a change then differ in {@code discordance} of the cases: half of the unstable ones. Under an epoch effect φ
 * ({@link EpochEffect}) all unstable cases of a run pass a little more often, or less, so that the variance of the run's mean
 * score, given the suite, is φ times that of independent cases.
 *
 * @param cases in the suite, 1 or more
 * @param accuracy expected share of passes
 * @param discordance expected share of cases that two runs judge differently, at most half and at most twice the smaller of
 *     accuracy and 1 − accuracy
 * @param phi the epoch effect, 1 or more
 */
record ScoreModel(int cases, double accuracy, double discordance, double phi) {
    private static final byte FAILS = 0;
    private static final byte PASSES = 1;
    private static final byte UNSTABLE = 2;

    /** Draws which cases are unstable, pass and fail. */
    Suite suite(RandomGenerator random) {
        byte[] kinds = new byte[cases];
        for (int i = 0; i < cases; i++) {
            double uniform = random.nextDouble();
            kinds[i] = uniform < unstable() ? UNSTABLE : uniform < accuracy + unstable() / 2 ? PASSES : FAILS;
        }
        return new Suite(this, kinds);
    }

    private double unstable() {
        return 2 * discordance;
    }

    /** Returns the standard deviation, over epochs, of an unstable case's chance to pass. */
    private double spread(int tries) {
        return Math.sqrt((phi - 1) / (4.0 * cases * tries * unstable()));
    }

    /** The cases of one suite. */
    static final class Suite {
        private final ScoreModel model;
        private final byte[] kinds;

        private Suite(ScoreModel model, byte[] kinds) {
            this.model = model;
            this.kinds = kinds;
        }

        /** Asks every case once. */
        int[] run(RandomGenerator random) {
            return run(1, 0, random);
        }

        /**
         * Asks every case in an epoch of its own.
         *
         * @param tries of each case
         * @param change of the expected score: unstable cases pass more often, or less
         * @return passes of each case
         */
        int[] run(int tries, double change, RandomGenerator random) {
            return run(tries, change, epoch(tries, random), random);
        }

        /**
         * Draws how much more often the unstable cases pass in one epoch.
         *
         * @param tries of each case in the runs whose mean varies φ times as much
         */
        double epoch(int tries, RandomGenerator random) {
            return model.phi > 1 ? model.spread(tries) * random.nextGaussian() : 0;
        }

        /** Asks every case in an epoch that was drawn before. */
        int[] run(int tries, double change, double epoch, RandomGenerator random) {
            double shift = change == 0 ? 0 : change / model.unstable();
            double chance = Math.clamp(0.5 + shift + epoch, 0, 1);
            int[] passes = new int[kinds.length];
            for (int i = 0; i < passes.length; i++) {
                passes[i] = passes(kinds[i], tries, chance, random);
            }
            return passes;
        }

        /** Returns the suite after each passing case was lost for good with this chance. */
        Suite losing(double chance, RandomGenerator random) {
            byte[] left = kinds.clone();
            for (int i = 0; i < left.length; i++) {
                left[i] = left[i] == PASSES && random.nextDouble() < chance ? FAILS : left[i];
            }
            return new Suite(model, left);
        }

        /** Returns the suite after exactly so many passing cases, or all there are, were lost for good. */
        Suite losing(int count, RandomGenerator random) {
            byte[] left = kinds.clone();
            int[] passing = IntStream.range(0, left.length)
                    .filter(i -> left[i] == PASSES)
                    .toArray();
            for (int lost = 0; lost < Math.min(count, passing.length); lost++) {
                int drawn = lost + random.nextInt(passing.length - lost);
                left[passing[drawn]] = FAILS;
                passing[drawn] = passing[lost];
            }
            return new Suite(model, left);
        }

        /** Returns the share of this suite's cases that are unstable. */
        double unstable() {
            return IntStream.range(0, kinds.length)
                            .filter(i -> kinds[i] == UNSTABLE)
                            .count()
                    / (double) kinds.length;
        }

        private static int passes(byte kind, int tries, double chance, RandomGenerator random) {
            if (kind != UNSTABLE) {
                return kind * tries;
            }
            int passes = 0;
            for (int i = 0; i < tries; i++) {
                passes += random.nextDouble() < chance ? 1 : 0;
            }
            return passes;
        }
    }
}
