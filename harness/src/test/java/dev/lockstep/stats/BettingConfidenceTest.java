package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class BettingConfidenceTest {
    private static final double[] BITS =
            "10110111011110111110".chars().mapToDouble(bit -> bit - '0').toArray();
    private static final double[] WEALTH = {
        .75,
        .375,
        .5625,
        .84375,
        .421875,
        .6328125,
        .94921875,
        1.423828125,
        .7119140625,
        1.06787109375,
        1.601806640625,
        2.4027099609375,
        3.60406494140625,
        1.802032470703125,
        2.70159608610893,
        4.01637277153114,
        5.92737953010118,
        8.69116482895018,
        12.6702420243763,
        6.96504637293025
    };

    @Test
    void follows_the_published_wealth() {
        double[] wealth = BettingConfidence.of(BITS, .05).wealth(.5);

        for (int i = 0; i < WEALTH.length; i++) {
            assertThat(wealth[i]).isCloseTo(WEALTH[i], Percentage.withPercentage(1e-7));
        }
    }

    @Test
    void gives_the_published_interval() {
        assertThat(BettingConfidence.of(BITS, .05).interval()).isEqualTo(new Interval(.75, .473, .953));
    }

    @Test
    void knows_nothing_without_a_value() {
        BettingConfidence confidence = BettingConfidence.of(new double[0], .05);

        assertThat(confidence.interval()).isEqualTo(new Interval(.5, 0, 1));
        assertThat(confidence.wealth(.5)).isEmpty();
    }

    @Test
    void stays_within_the_numbers_when_all_values_are_equal() {
        double[] zeros = new double[3_000];

        assertThat(BettingConfidence.of(zeros, .05).interval().low()).isZero();
        assertThat(BettingConfidence.of(zeros, .05).interval().high()).isLessThan(.01);
        assertThat(BettingConfidence.of(zeros, .05).wealth(0)).doesNotContain(Double.NaN);
        assertThat(BettingConfidence.of(zeros, .05).wealth(1)).doesNotContain(Double.NaN);
    }

    @Test
    void covers_the_mean_at_all_times() {
        long seed = 20_261_129;
        Random random = new Random(seed);
        int sequences = 2_000;
        int missed = 0;
        for (int sequence = 0; sequence < sequences; sequence++) {
            double[] values = random.doubles(200).map(draw -> draw < .3 ? 1 : 0).toArray();
            double[] wealth = BettingConfidence.of(values, .05).wealth(.3);
            missed += Arrays.stream(wealth).anyMatch(each -> each > 20) ? 1 : 0;
        }
        // standard error of a rate of .05 over 2,000 sequences: .0049
        assertThat(missed / (double) sequences).as("seed %d", seed).isBetween(.001, .065);
    }

    @Test
    void rejects_values_and_levels_out_of_range() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BettingConfidence.of(new double[] {1.2}, .05))
                .withMessage("value must lie in [0, 1], is 1.2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BettingConfidence.of(BITS, .05).wealth(Double.NaN))
                .withMessage("mean must lie in [0, 1], is NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BettingConfidence.of(BITS, 0))
                .withMessage("alpha must lie between 0 and 1, both excluded; is 0.0");
    }
}
