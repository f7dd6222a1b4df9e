package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CusumTest {
    private static final double[] MONTGOMERY = {
        9.45, 7.99, 9.29, 11.66, 12.16, 10.18, 8.04, 11.46, 9.20, 10.34, 9.03, 11.47, 10.51, 9.40, 10.08, 9.37, 10.62,
        10.31, 8.52, 10.84, 10.90, 9.33, 12.29, 11.50, 10.60, 11.08, 10.38, 11.62, 11.31, 10.52
    };

    @Test
    void follows_the_textbook() {
        Cusum cusum = new Cusum(10, .5, 5);

        assertThat(cusum.signal(MONTGOMERY)).hasValue(28);
        assertThat(cusum.above(MONTGOMERY)[28]).isCloseTo(5.28, within(1e-9));
        assertThat(cusum.above(MONTGOMERY)[29]).isCloseTo(5.30, within(1e-9));
        assertThat(cusum.below(MONTGOMERY)[2]).isCloseTo(1.77, within(1e-9));
    }

    @Test
    void signals_in_the_other_direction_too() {
        double[] mirrored = Arrays.stream(MONTGOMERY).map(each -> 20 - each).toArray();

        assertThat(new Cusum(10, .5, 5).signal(mirrored)).hasValue(28);
        assertThat(new Cusum(10, .5, 6).signal(mirrored)).isEmpty();
        assertThat(new Cusum(10, .5, 5).signal(new double[0])).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"4, 0, 167.68, .02", "4, 1, 8.383, .001", "5, 0, 465.4, .1", "5, 1, 10.376, .001"})
    void has_the_published_run_lengths(double decision, double shift, double expected, double tolerance) {
        assertThat(RunLength.twoSided(.5, decision, shift)).isCloseTo(expected, within(tolerance));
    }

    @ParameterizedTest
    @CsvSource({"4, 0, 21", "4, 1, .7", "5, 1, .8"})
    void runs_as_long_as_the_chain_of_brook_and_evans(double decision, double shift, double tolerance) {
        long seed = 20_261_128;
        Random random = new Random(seed);
        Cusum cusum = new Cusum(0, .5, decision);
        int length = shift == 0 ? 2_500 : 200;
        int runs = 600;
        double sum = 0;
        for (int run = 0; run < runs; run++) {
            double[] values = random.doubles(length)
                    .map(unused -> shift + random.nextGaussian())
                    .toArray();
            sum += cusum.signal(values).orElse(length) + 1;
        }
        assertThat(sum / runs)
                .as("seed %d", seed)
                .isCloseTo(RunLength.twoSided(.5, decision, shift), within(tolerance));
    }

    @Test
    void rejects_settings_that_signal_always_or_never() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Cusum(10, .5, 0))
                .withMessage("target 10.0, allowance 0.5, decision 0.0:"
                        + " expected a finite target, an allowance of at least 0 and a decision above 0");
    }
}
