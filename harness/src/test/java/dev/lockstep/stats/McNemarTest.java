package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class McNemarTest {

    @ParameterizedTest
    @CsvSource({
        "59, 121, 4.43444926375516e-6",
        "1, 5, .21875",
        "1, 9, .021484375",
        "9, 1, .021484375",
        "0, 0, 1",
        "3, 3, 1"
    })
    void gives_the_published_exact_p_values(int losses, int gains, double expected) {
        assertThat(McNemar.exact(losses, gains)).isCloseTo(expected, within(expected * 1e-9));
    }

    @Test
    void agrees_with_the_binomial_test_of_r() {
        assertThat(McNemar.exact(86, 150)).isCloseTo(3.71593613957e-5, within(1e-15));
    }

    @ParameterizedTest
    @CsvSource({".05, 6", ".01, 8", ".5, 2"})
    void tells_how_many_flips_are_needed(double alpha, int expected) {
        assertThat(McNemar.fewestFlips(alpha)).isEqualTo(expected);
    }

    @Test
    void rejects_negative_counts() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> McNemar.exact(-1, 2))
                .withMessage("counts must not be negative: -1, 2");
    }
}
