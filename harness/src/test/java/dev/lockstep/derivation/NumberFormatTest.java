package dev.lockstep.derivation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class NumberFormatTest {
    @ParameterizedTest
    @CsvSource({
        "F32, 1, 5.9604644775390625E-8",
        "F16, 1, 4.8828125E-4",
        "BF16, 1, 0.00390625",
        "F16, 0, 2.98023223876953125E-8"
    })
    void rounding_is_half_the_distance_of_neighbours(NumberFormat format, double number, double half) {
        assertThat(format.rounding(number)).isEqualTo(half);
    }

    @ParameterizedTest
    @EnumSource
    void no_number_is_rounded_farther(NumberFormat format) {
        Random random = new Random(3);
        for (int i = 0; i < 10_000; i++) {
            double number = Math.scalb(random.nextGaussian(), random.nextInt(26) - 20);
            double stored = format.next(TinyWeights.bytes(format.name(), new double[] {number}));
            // The single precision that the writer goes through may add a rounding of its own.
            assertThat(Math.abs(stored - number))
                    .isLessThanOrEqualTo(format.rounding(number) + Math.abs(number) * 0x1p-24);
        }
    }
}
