package dev.lockstep.stats;

import dev.lockstep.stats.TestResult.Reason;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A mean, or a difference of means, with its standard error: what Student's t needs for a test, an interval or a margin.
 *
 * <p>Fewer than two values, or clusters, leave the standard error unknown (+∞): tests answer p = 1, {@link Reason#TOO_FEW}, and
 * intervals reach from −∞ to ∞. Values that are all equal have the standard error 0; one below 1e-12 of the largest value is
 * rounding and counts as 0.
 *
 * @param mean the estimate
 * @param standardError of the estimate, 0 or more, +∞ where it is unknown
 * @param degreesOfFreedom of the t distribution, positive
 */
public record MeanEstimate(double mean, double standardError, double degreesOfFreedom) {
    private static final double ROUNDING = 1e-12;

    public MeanEstimate {
        if (!Double.isFinite(mean)) {
            throw new IllegalArgumentException("mean must be a finite number, is " + mean);
        }
        Domain.notNegative("standardError", standardError);
        Domain.positive("degreesOfFreedom", degreesOfFreedom);
    }

    /** Returns the mean of independent values, with the standard error s/√n; n − 1 degrees of freedom. */
    public static MeanEstimate of(double[] values) {
        Domain.finite("values", values);
        return of(values, largest(values));
    }

    /**
     * Returns the mean of values that come in clusters, inside which they may depend on each other.
     *
     * <p>Standard error √(Σ_c (Σ_{i∈c} r_i)²) / n over the residuals r; clusters − 1 degrees of freedom. Source: E. Miller, "Adding
     * error bars to evals", arXiv 2411.00640 (2024).
     *
     * @param clusters the cluster of each value, any numbers
     */
    public static MeanEstimate clustered(double[] values, int[] clusters) {
        Domain.sameLength("values and clusters", values.length, clusters.length);
        Domain.finite("values", values);
        double mean = Arrays.stream(values).average().orElse(0);
        Map<Integer, Double> residuals = new HashMap<>();
        for (int i = 0; i < values.length; i++) {
            residuals.merge(clusters[i], values[i] - mean, Double::sum);
        }
        if (residuals.size() < 2) {
            return unknown(mean);
        }
        double squares =
                residuals.values().stream().mapToDouble(sum -> sum * sum).sum();
        return rounded(mean, Math.sqrt(squares) / values.length, residuals.size() - 1.0, largest(values));
    }

    /** Returns the mean of {@code after[i] − before[i]}: the paired t. */
    public static MeanEstimate paired(double[] before, double[] after) {
        Domain.sameLength("before and after", before.length, after.length);
        Domain.finite("before", before);
        Domain.finite("after", after);
        double[] change = new double[before.length];
        Arrays.setAll(change, i -> after[i] - before[i]);
        return of(change, Math.max(largest(before), largest(after)));
    }

    /**
     * Returns mean(after) − mean(before) of two independent samples with variances of their own.
     *
     * <p>Source: B. L. Welch, Biometrika 34 (1947), with the degrees of freedom of Satterthwaite.
     */
    public static MeanEstimate welch(double[] before, double[] after) {
        MeanEstimate first = of(before);
        MeanEstimate second = of(after);
        double difference = second.mean - first.mean;
        if (first.isUnknown() || second.isUnknown()) {
            return unknown(difference);
        }
        double a = first.standardError * first.standardError;
        double b = second.standardError * second.standardError;
        double freedom = a + b == 0
                ? first.degreesOfFreedom + second.degreesOfFreedom
                : (a + b) * (a + b) / (a * a / first.degreesOfFreedom + b * b / second.degreesOfFreedom);
        return rounded(difference, Math.sqrt(a + b), freedom, Math.max(largest(before), largest(after)));
    }

    /**
     * Tests whether the mean is 0, two-sided.
     *
     * @return the statistic is t; without any variation t is infinite and p = 0, unless the mean is 0 as well: then p = 1, {@link
     *     Reason#IDENTICAL}
     */
    public TestResult test() {
        if (isUnknown()) {
            return new TestResult(0, 1, Reason.TOO_FEW);
        }
        if (isIdentical()) {
            return new TestResult(0, 1, Reason.IDENTICAL);
        }
        double t = mean / standardError;
        return new TestResult(t, Math.min(1, 2 * distribution().survivalProbability(Math.abs(t))), Reason.TESTED);
    }

    /**
     * Returns the two-sided t interval.
     *
     * @param level confidence, in (0, 1)
     */
    public Interval interval(double level) {
        double tail = (1 - Domain.between0And1("level", level)) / 2;
        double reach = standardError * distribution().inverseSurvivalProbability(tail);
        return new Interval(mean, mean - reach, mean + reach);
    }

    boolean isUnknown() {
        return Double.isInfinite(standardError);
    }

    boolean isIdentical() {
        return mean == 0 && standardError == 0;
    }

    TDistribution distribution() {
        return TDistribution.of(degreesOfFreedom);
    }

    private static MeanEstimate of(double[] values, double scale) {
        double mean = Arrays.stream(values).average().orElse(0);
        int n = values.length;
        if (n < 2) {
            return unknown(mean);
        }
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return rounded(mean, Math.sqrt(squares / (n - 1) / n), n - 1.0, scale);
    }

    private static MeanEstimate unknown(double mean) {
        return new MeanEstimate(mean, Double.POSITIVE_INFINITY, 1);
    }

    private static MeanEstimate rounded(double mean, double standardError, double freedom, double scale) {
        return new MeanEstimate(nearZero(mean, scale), nearZero(standardError, scale), freedom);
    }

    private static double nearZero(double value, double scale) {
        return Math.abs(value) <= ROUNDING * scale ? 0 : value;
    }

    private static double largest(double[] values) {
        return Arrays.stream(values).map(Math::abs).max().orElse(0);
    }
}
