package dev.lockstep.stats;

/**
 * How often something happened.
 *
 * @param successes from 0 to {@code trials}
 * @param trials 1 or more
 */
public record Proportion(int successes, int trials) {
    public Proportion {
        if (trials < 1 || successes < 0 || successes > trials) {
            throw new IllegalArgumentException(
                    "a proportion needs successes of at least one trial, has " + successes + " of " + trials);
        }
    }

    public double rate() {
        return successes / (double) trials;
    }

    boolean hasRateOf(Proportion other) {
        return (long) successes * other.trials == (long) other.successes * trials;
    }
}
