package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.function.Function;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProportionIntervalTest {

    @ParameterizedTest
    @CsvSource({
        "81, 263, .255288519878, .366209576983",
        "15, 148, .062386399531, .160487241723",
        "0, 20, 0, .161125158053",
        "1, 29, .006113214293, .171755218793"
    })
    void gives_the_published_wilson_intervals(int successes, int trials, double low, double high) {
        assertClose(ProportionInterval.wilson(new Proportion(successes, trials), .95), low, high);
    }

    @ParameterizedTest
    @CsvSource({
        "81, 263, .252736745585, .367621922601",
        "86, 236, .302940423252, .429326751846",
        "0, 10, 0, .3084971078",
        "10, 10, .6915028922, 1"
    })
    void gives_the_published_clopper_pearson_intervals(int successes, int trials, double low, double high) {
        assertClose(ProportionInterval.clopperPearson(new Proportion(successes, trials), .95), low, high);
    }

    @Test
    void gives_the_published_jeffreys_interval() {
        Interval interval = ProportionInterval.jeffreys(new Proportion(81, 263), .95);

        assertClose(interval, .254521934991, .365647499174);
        assertThat(interval.estimate()).isEqualTo(81 / 263.0);
    }

    /** The share of outcomes whose interval holds the truth; published with three digits. */
    @Test
    void covers_the_truth_as_often_as_published() {
        assertThat(coverage(100, .98, each -> ProportionInterval.wilson(each, .95)))
                .isCloseTo(.949, within(.0005));
        assertThat(coverage(100, .98, each -> ProportionInterval.clopperPearson(each, .95)))
                .isCloseTo(.985, within(.0005));
        assertThat(coverage(20, .9, each -> ProportionInterval.wilson(each, .95)))
                .isCloseTo(.957, within(.0005));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "0, 5000", "5000, 5000"})
    void stays_inside_the_possible_at_the_ends(int successes, int trials) {
        Proportion extreme = new Proportion(successes, trials);

        assertThat(ProportionInterval.wilson(extreme, .99)).satisfies(ProportionIntervalTest::isPossible);
        assertThat(ProportionInterval.clopperPearson(extreme, .99)).satisfies(ProportionIntervalTest::isPossible);
        assertThat(ProportionInterval.jeffreys(extreme, .99)).satisfies(ProportionIntervalTest::isPossible);
    }

    @Test
    void bounds_what_never_happened() {
        assertThat(ProportionInterval.upperBoundOfNone(300, .95)).isCloseTo(.00993611, withinPercentage(1e-3));
        assertThat(ProportionInterval.upperBoundOfNone(1, .95)).isCloseTo(.95, withinPercentage(1e-7));
    }

    @Test
    void needs_a_trial_and_a_level() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Proportion(0, 0))
                .withMessage("a proportion needs successes of at least one trial, has 0 of 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProportionInterval.wilson(new Proportion(1, 2), 95))
                .withMessage("level must lie between 0 and 1, both excluded; is 95.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProportionInterval.upperBoundOfNone(0, .95))
                .withMessage("trials must be positive, is 0");
    }

    private static double coverage(int trials, double truth, Function<Proportion, Interval> method) {
        BinomialDistribution counts = BinomialDistribution.of(trials, truth);
        double covered = 0;
        for (int successes = 0; successes <= trials; successes++) {
            Interval interval = method.apply(new Proportion(successes, trials));
            if (interval.low() <= truth && truth <= interval.high()) {
                covered += counts.probability(successes);
            }
        }
        return covered;
    }

    private static void isPossible(Interval interval) {
        assertThat(interval.low()).isBetween(0.0, interval.estimate());
        assertThat(interval.high()).isBetween(interval.estimate(), 1.0);
        assertThat(interval.low()).isLessThan(interval.high());
    }

    private static void assertClose(Interval interval, double low, double high) {
        assertThat(interval.low()).isCloseTo(low, within(1e-9));
        assertThat(interval.high()).isCloseTo(high, within(1e-9));
    }
}
