package dev.lockstep.stats;

import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Page's cumulative sums, for a shift of the mean in either direction.
 *
 * <p>With normal values of standard deviation σ, allowance .5σ and decision 4σ (5σ), a false alarm comes every 168 (465) values
 * on average, and a shift of 1σ is found after 8.4 (10.4).
 *
 * <p>Source: E. S. Page, "Continuous inspection schemes", Biometrika 41 (1954); Montgomery, "Introduction to Statistical Quality
 * Control", section 9.1.
 *
 * @param target the mean while nothing changes
 * @param allowance how much deviation each value is forgiven, usually half the shift to be found; 0 or more
 * @param decision the sum that signals, above 0
 */
public record Cusum(double target, double allowance, double decision) {

    /** Rejects settings that signal always or never. */
    public Cusum {
        if (!Double.isFinite(target) || !(allowance >= 0) || !(decision > 0)) {
            throw new IllegalArgumentException("target " + target + ", allowance " + allowance + ", decision "
                    + decision + ": expected a finite target, an allowance of at least 0 and a decision above 0");
        }
    }

    /** Returns the sums that grow with values above the target, after each value. */
    public double[] above(double[] values) {
        return sums(values, 1);
    }

    /** Returns the sums that grow with values below the target, after each value. */
    public double[] below(double[] values) {
        return sums(values, -1);
    }

    /** Returns the first value, counted from 0, after which a sum of either direction is above the decision. */
    public OptionalInt signal(double[] values) {
        double[] above = above(values);
        double[] below = below(values);
        return IntStream.range(0, values.length)
                .filter(i -> Math.max(above[i], below[i]) > decision)
                .findFirst();
    }

    private double[] sums(double[] values, int direction) {
        Domain.finite("values", values);
        double[] sums = new double[values.length];
        double sum = 0;
        for (int i = 0; i < sums.length; i++) {
            sum = Math.max(0, sum + direction * (values[i] - target) - allowance);
            sums[i] = sum;
        }
        return sums;
    }
}
