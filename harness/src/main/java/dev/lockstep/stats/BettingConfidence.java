package dev.lockstep.stats;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A confidence sequence for the mean of values between 0 and 1: an interval that may be looked at after every value.
 *
 * <p>For each candidate mean somebody bets against it, half the money on "larger" and half on "smaller"; candidates against which
 * the wealth has never grown beyond 1/α stay in.
 *
 * <p>Source: Waudby-Smith and Ramdas, "Estimating means of bounded random variables by betting", Journal of the Royal Statistical
 * Society B 86 (2024) (arXiv 2010.09686): hedged capital with predictable plug-in empirical-Bernstein bets, truncated at half of
 * what may be staked, as {@code betting_mart} of the authors' package {@code confseq} computes it by default, with the running
 * intersection of its {@code hedged_cs}.
 */
public final class BettingConfidence {
    private static final int GRID = 1000;
    private static final double STAKE = 0.5;

    private final double[] values;
    private final double[] bets;
    private final double alpha;

    private BettingConfidence(double[] values, double[] bets, double alpha) {
        this.values = values;
        this.bets = bets;
        this.alpha = alpha;
    }

    /**
     * Takes the values in the order in which they came.
     *
     * @param values in [0, 1]
     * @param alpha one minus the confidence, in (0, 1)
     */
    public static BettingConfidence of(double[] values, double alpha) {
        Domain.between0And1("alpha", alpha);
        for (double value : values) {
            Domain.probability("value", value);
        }
        return new BettingConfidence(values.clone(), bets(values, alpha), alpha);
    }

    /** Each bet knows the values before it only: √(2 ln(2/α) / (t ln(1+t) variance)), with one made-up value ½ ± ½. */
    private static double[] bets(double[] values, double alpha) {
        double[] bets = new double[values.length];
        double sum = 0.5;
        double squares = 0.25;
        for (int i = 0; i < values.length; i++) {
            double t = i + 1;
            bets[i] = Math.sqrt(2 * Math.log(2 / alpha) / (t * Math.log(1 + t) * (squares / t)));
            sum += values[i];
            double deviation = values[i] - sum / (t + 1);
            squares += deviation * deviation;
        }
        return bets;
    }

    /**
     * Returns the wealth after each value of who bets against a mean, in units of the money at the start.
     *
     * @param mean the candidate, in [0, 1]
     */
    public double[] wealth(double mean) {
        Domain.probability("mean", mean);
        double[] wealth = new double[values.length];
        double larger = STAKE;
        double smaller = STAKE;
        for (int i = 0; i < wealth.length; i++) {
            larger *= 1 + Math.min(bets[i], STAKE / mean) * (values[i] - mean);
            smaller *= 1 - Math.min(bets[i], STAKE / (1 - mean)) * (values[i] - mean);
            wealth[i] = Math.max(larger, smaller);
        }
        return wealth;
    }

    /**
     * Returns the mean of all values and the interval of the candidates that are left, on a grid of 1/1000 and wider by one step
     * at each end; from 0 to 1 without a value.
     */
    public Interval interval() {
        double mean = Arrays.stream(values).average().orElse(0.5);
        int[] left = IntStream.rangeClosed(0, GRID)
                .filter(candidate -> !isOut(candidate))
                .toArray();
        if (left.length == 0) {
            return new Interval(mean, 0, 1);
        }
        double low = Math.max(0, left[0] - 1) / (double) GRID;
        double high = Math.min(GRID, left[left.length - 1] + 1) / (double) GRID;
        return new Interval(mean, low, high);
    }

    private boolean isOut(int candidate) {
        return Arrays.stream(wealth(candidate / (double) GRID)).anyMatch(wealth -> wealth > 1 / alpha);
    }
}
