package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EValueTest {

    @ParameterizedTest
    @CsvSource({
        ".5, .638673940117",
        ".1, 1.26321079120",
        ".05, 1.78332218148",
        ".01, 4.45099226009",
        ".001, 20.7911335410",
        "1, .5"
    })
    void gives_the_published_values(double p, double expected) {
        assertThat(EValue.ofP(p)).isCloseTo(expected, Percentage.withPercentage(1e-7));
    }

    @Test
    void goes_on_smoothly_to_one() {
        // Both sides of the point where the series takes over, and the limit.
        assertThat(EValue.ofP(Math.exp(-.0100001))).isCloseTo(EValue.ofP(Math.exp(-.0099999)), within(1e-7));
        assertThat(EValue.ofP(1 - 1e-12)).isCloseTo(.5, within(1e-12));
    }

    @Test
    void expects_no_growth_of_uniform_p_values() {
        int steps = 1_000_000;
        double sum = 0;
        for (int i = 0; i < steps; i++) {
            sum += EValue.ofP((i + .5) / steps);
        }
        // The rest of the expectation of 1 lies in the rare p-values below the first step.
        assertThat(sum / steps).isBetween(.9, 1.0);
    }

    @Test
    void is_finite_at_zero() {
        assertThat(EValue.ofP(0)).isEqualTo(Double.MAX_VALUE);
        assertThat(EValue.ofP(Double.MIN_VALUE)).isGreaterThan(1e300).isFinite();
    }

    @Test
    void rejects_what_is_no_p_value() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EValue.ofP(-.1))
                .withMessage("p-value must lie in [0, 1], is -0.1");
    }
}
