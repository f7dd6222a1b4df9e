package dev.lockstep.stats;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * The bias-corrected and accelerated bootstrap: an interval for any statistic of independent values, without assuming a shape.
 *
 * <p>The values must be independent: for items that share a document, an image or a conversation they are the means of these
 * clusters. Below about 20 values every bootstrap is too optimistic.
 *
 * <p>Source: B. Efron, JASA 82 (1987); B. Efron, R. Tibshirani, "An Introduction to the Bootstrap" (1993), chapter 14.
 *
 * @param resamples how often the values are drawn again, 1 or more; 9,999 is usual
 * @param seed the same seed gives the same interval
 */
public record BcaBootstrap(int resamples, long seed) {
    public BcaBootstrap {
        Domain.positive("resamples", resamples);
    }

    /**
     * Returns the two-sided interval of {@code statistic}.
     *
     * @param values one or more finite numbers; one alone gives the interval (−∞, ∞), equal ones a single point
     * @param statistic a function of the values that does not change them and never gives NaN
     * @param level confidence, in (0, 1)
     */
    public Interval interval(double[] values, ToDoubleFunction<double[]> statistic, double level) {
        Domain.positive("values.length", values.length);
        Domain.finite("values", values);
        double tail = (1 - Domain.between0And1("level", level)) / 2;
        double estimate = statistic.applyAsDouble(values);
        if (values.length == 1) {
            return new Interval(estimate, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        }
        double[] replicates = replicates(values, statistic);
        double bias = bias(replicates, estimate);
        double acceleration = acceleration(values, statistic);
        double low = adjustedLevel(bias, acceleration, tail);
        double high = adjustedLevel(bias, acceleration, 1 - tail);
        return new Interval(estimate, quantile(replicates, low), quantile(replicates, high));
    }

    /** Returns Efron's α: the level at which the replicates are read so that their quantile has {@code level}. */
    static double adjustedLevel(double bias, double acceleration, double level) {
        double shifted = bias + StandardNormal.quantile(level);
        return StandardNormal.cumulative(bias + shifted / (1 - acceleration * shifted));
    }

    /** Returns how skewed the statistic is, by leaving each value out once; 0 when that changes nothing. */
    static double acceleration(double[] values, ToDoubleFunction<double[]> statistic) {
        double[] without = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            without[i] = statistic.applyAsDouble(leaveOut(values, i));
        }
        double mean = Arrays.stream(without).average().orElseThrow();
        double squares = 0;
        double cubes = 0;
        for (double each : without) {
            double below = mean - each;
            squares += below * below;
            cubes += below * below * below;
        }
        return squares == 0 ? 0 : cubes / (6 * Math.pow(squares, 1.5));
    }

    private double[] replicates(double[] values, ToDoubleFunction<double[]> statistic) {
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
        double[] drawn = new double[values.length];
        double[] replicates = new double[resamples];
        for (int b = 0; b < resamples; b++) {
            for (int i = 0; i < drawn.length; i++) {
                drawn[i] = values[random.nextInt(values.length)];
            }
            replicates[b] = statistic.applyAsDouble(drawn);
        }
        Arrays.sort(replicates);
        return replicates;
    }

    /** Ties count by half; a statistic outside all replicates is half a replicate away from them. */
    private double bias(double[] replicates, double estimate) {
        double below = 0;
        for (double each : replicates) {
            below += each < estimate ? 1 : each == estimate ? 0.5 : 0;
        }
        return StandardNormal.quantile(Math.clamp(below / resamples, 0.5 / resamples, 1 - 0.5 / resamples));
    }

    private static double[] leaveOut(double[] values, int index) {
        double[] rest = new double[values.length - 1];
        Arrays.setAll(rest, i -> values[i < index ? i : i + 1]);
        return rest;
    }

    private static double quantile(double[] sorted, double level) {
        double position = level * (sorted.length - 1);
        int index = (int) position;
        if (index == sorted.length - 1) {
            return sorted[index];
        }
        return sorted[index] + (position - index) * (sorted[index + 1] - sorted[index]);
    }
}
