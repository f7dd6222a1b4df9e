package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BcaBootstrapTest {
    /** Efron and Tibshirani (1993), table 14.1, test A: how well neurologically impaired children see space. */
    private static final double[] SPATIAL = {
        48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6, 0, 33, 28, 34, 4, 32, 24, 47, 41, 24, 26, 30, 41
    };

    private static final BcaBootstrap USUAL = new BcaBootstrap(9_999, 7);

    @Test
    void gives_the_published_interval_of_a_variance() {
        Interval interval = new BcaBootstrap(200_000, 20_261_122).interval(SPATIAL, BcaBootstrapTest::variance, .9);

        assertThat(interval.estimate()).isCloseTo(171.534023668639, withinPercentage(1e-7));
        assertThat(interval.low()).isCloseTo(115.4, within(2.0));
        // published with 200,000 resamples; five million give 115.75 and 261.35
        assertThat(interval.high()).isCloseTo(260.3, within(2.0));
    }

    @Test
    void gives_the_published_acceleration_and_levels() {
        assertThat(BcaBootstrap.acceleration(SPATIAL, BcaBootstrapTest::variance))
                .isCloseTo(.0612401198123, withinPercentage(1e-7));
        assertThat(BcaBootstrap.adjustedLevel(.146, .061, .05)).isCloseTo(.109856182556, withinPercentage(1e-7));
        assertThat(BcaBootstrap.adjustedLevel(.146, .061, .95)).isCloseTo(.984477013084, withinPercentage(1e-7));
    }

    @Test
    void the_same_seed_gives_the_same_interval() {
        Interval first = USUAL.interval(SPATIAL, BcaBootstrapTest::mean, .95);

        assertThat(USUAL.interval(SPATIAL, BcaBootstrapTest::mean, .95)).isEqualTo(first);
        assertThat(new BcaBootstrap(9_999, 8).interval(SPATIAL, BcaBootstrapTest::mean, .95))
                .isNotEqualTo(first);
    }

    @Test
    void covers_a_skewed_mean_about_as_often_as_it_says() {
        long seed = 41;
        SplittableRandom random = new SplittableRandom(seed);
        int covered = 0;
        for (int run = 0; run < 400; run++) {
            double[] exponential =
                    random.doubles(40).map(each -> -Math.log(1 - each)).toArray();
            Interval interval = new BcaBootstrap(399, run).interval(exponential, BcaBootstrapTest::mean, .9);
            covered += interval.low() <= 1 && 1 <= interval.high() ? 1 : 0;
        }
        // standard error .015; forty skewed values cost about two points
        assertThat(covered / 400.0).as("seed %d", seed).isBetween(.84, .93);
    }

    @Test
    void equal_values_leave_a_point() {
        assertThat(USUAL.interval(new double[] {2, 2, 2}, BcaBootstrapTest::mean, .95))
                .isEqualTo(new Interval(2, 2, 2));
    }

    @Test
    void one_value_leaves_everything_open() {
        assertThat(USUAL.interval(new double[] {2}, BcaBootstrapTest::mean, .95))
                .isEqualTo(new Interval(2, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
    }

    @Test
    void holds_a_statistic_at_the_edge_of_its_replicates() {
        Interval interval = USUAL.interval(
                new double[] {1, 2, 3, 9}, values -> Arrays.stream(values).max().orElseThrow(), .95);

        assertThat(interval.estimate()).isEqualTo(9);
        assertThat(interval.high()).isEqualTo(9);
        assertThat(interval.low()).isBetween(1.0, 9.0);
    }

    @Test
    void rejects_nothing_and_what_is_no_number() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> USUAL.interval(new double[0], BcaBootstrapTest::mean, .95))
                .withMessage("values.length must be positive, is 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> USUAL.interval(new double[] {1, 1 / 0.0}, BcaBootstrapTest::mean, .95))
                .withMessage("values[1] must be a finite number, is Infinity");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BcaBootstrap(0, 1))
                .withMessage("resamples must be positive, is 0");
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double variance(double[] values) {
        double mean = mean(values);
        return Arrays.stream(values)
                        .map(value -> (value - mean) * (value - mean))
                        .sum()
                / values.length;
    }
}
