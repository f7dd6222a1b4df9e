package dev.lockstep.stats;

import dev.lockstep.stats.TestResult.Reason;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The difference between two arms' means, averaged over the strata with equal weight: of lengths, of scores, or of yes/no
 * values as a difference of rates.
 *
 * <p>The compared statistic is the size of the difference. A stratum without a value in one arm is left out.
 *
 * <p>Source: E. J. G. Pitman, Supplement to the Journal of the Royal Statistical Society 4 (1937), within strata.
 */
public final class MeanDifference implements TwoArmStatistic {
    private final Strata strata;
    private final double[] values;
    private final UsableStrata usable;
    private final Reason reason;

    private MeanDifference(Strata strata, double[] values, boolean identical) {
        this.strata = strata;
        this.values = values;
        this.usable = new UsableStrata(strata, 1);
        this.reason = usable.reason(identical);
    }

    /**
     * Compares two arms of one stratum.
     *
     * @param first values of the first arm, finite
     * @param second values of the second arm, finite; as many as there are
     */
    public static MeanDifference of(double[] first, double[] second) {
        return of(new double[][] {first}, new double[][] {second});
    }

    /**
     * Compares two arms within strata.
     *
     * @param first values of the first arm, finite, by stratum and sample
     * @param second values of the second arm, for the same strata
     */
    public static MeanDifference of(double[][] first, double[][] second) {
        Strata strata = Strata.of(counts(first), counts(second));
        double[] values = IntStream.range(0, strata.size())
                .boxed()
                .flatMapToDouble(i -> pooled(first[i], second[i]))
                .toArray();
        Domain.finite("values", values);
        boolean identical = IntStream.range(0, strata.size()).allMatch(i -> identical(first[i], second[i]));
        return new MeanDifference(strata, values, identical);
    }

    /**
     * Returns the lengths of token sequences, as values to compare.
     *
     * @param tokens by prompt and sample
     */
    public static double[][] lengths(int[][][] tokens) {
        return Arrays.stream(tokens)
                .map(samples ->
                        Arrays.stream(samples).mapToDouble(each -> each.length).toArray())
                .toArray(double[][]::new);
    }

    /** Returns the difference with its sign: the second arm's mean less the first's, 0 without a usable stratum. */
    public double difference() {
        return difference(strata.observed());
    }

    @Override
    public Strata strata() {
        return strata;
    }

    @Override
    public double of(int[] order) {
        return Math.abs(difference(order));
    }

    @Override
    public Reason reason() {
        return reason;
    }

    private double difference(int[] order) {
        return usable.mean(stratum -> difference(order, stratum));
    }

    private double difference(int[] order, int stratum) {
        int from = strata.offset(stratum);
        int middle = from + strata.first(stratum);
        return mean(order, middle, strata.offset(stratum + 1)) - mean(order, from, middle);
    }

    private double mean(int[] order, int from, int until) {
        double sum = 0;
        for (int place = from; place < until; place++) {
            sum += values[order[place]];
        }
        return sum / (until - from);
    }

    private static int[] counts(double[][] arm) {
        return Arrays.stream(arm).mapToInt(each -> each.length).toArray();
    }

    private static boolean identical(double[] first, double[] second) {
        return Arrays.equals(first, second) || pooled(first, second).distinct().count() < 2;
    }

    private static DoubleStream pooled(double[] first, double[] second) {
        return DoubleStream.concat(Arrays.stream(first), Arrays.stream(second));
    }
}
