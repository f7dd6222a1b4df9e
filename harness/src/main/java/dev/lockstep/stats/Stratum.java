package dev.lockstep.stats;

import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.HypergeometricDistribution;

/** One item with its tries on two sides. */
record Stratum(int baselineSuccesses, int baselineTries, int tonightSuccesses, int tonightTries) {
    Stratum {
        requireCounts(baselineSuccesses, baselineTries);
        requireCounts(tonightSuccesses, tonightTries);
    }

    private static void requireCounts(int successes, int tries) {
        if (successes < 0 || successes > tries) {
            throw new IllegalArgumentException(
                    "an item needs successes from 0 to its tries, has " + successes + " of " + tries);
        }
    }

    boolean isOnBothSides() {
        return baselineTries > 0 && tonightTries > 0;
    }

    boolean hasEqualRates() {
        return (long) baselineSuccesses * tonightTries == (long) tonightSuccesses * baselineTries;
    }

    /** Says whether tonight's successes could have been other than they are, given the margins. */
    boolean isInformative() {
        return margins().most() > margins().least();
    }

    Margins margins() {
        return new Margins(Math.addExact(baselineSuccesses, tonightSuccesses), baselineTries, tonightTries);
    }

    /**
     * What is held fixed of an item: without a difference between the sides, tonight's successes then follow a hypergeometric
     * distribution.
     */
    record Margins(int successes, int baselineTries, int tonightTries) {

        int least() {
            return Math.max(0, successes - baselineTries);
        }

        int most() {
            return Math.min(tonightTries, successes);
        }

        double expected() {
            return tonightTries * share();
        }

        double variance() {
            return share() * (1 - share()) * tonightTries * baselineTries / (tries() - 1.0);
        }

        Convolution distribution() {
            var chances = HypergeometricDistribution.of(tries(), successes, tonightTries);
            return new Convolution(
                    least(),
                    IntStream.rangeClosed(least(), most())
                            .mapToDouble(chances::probability)
                            .toArray());
        }

        private double share() {
            return successes / (double) tries();
        }

        private int tries() {
            return Math.addExact(baselineTries, tonightTries);
        }
    }
}
