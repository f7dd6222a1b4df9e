package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.lockstep.stats.TestResult.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class McNemarTest {

    @ParameterizedTest
    @CsvSource({
        "59, 121, 4.43444926375516e-6",
        "86, 150, 3.71593613957e-5",
        "1, 5, .21875",
        "1, 9, .021484375",
        "9, 1, .021484375",
        "3, 3, 1"
    })
    void gives_the_published_exact_p_values(int losses, int gains, double expected) {
        TestResult result = McNemar.exact(losses, gains);

        assertThat(result.pValue()).isCloseTo(expected, withinPercentage(1e-7));
        assertThat(result.statistic()).isEqualTo(losses);
        assertThat(result.reason()).isEqualTo(Reason.TESTED);
    }

    @ParameterizedTest
    @CsvSource({"59, 121, 3.26664679577e-6", "86, 150, 2.89338951762e-5", "1, 5, .125", "1, 9, .01171875", "4, 4, 1"})
    void gives_the_published_mid_p_values(int losses, int gains, double expected) {
        assertThat(McNemar.midP(losses, gains).pValue()).isCloseTo(expected, withinPercentage(1e-7));
    }

    @Test
    void agrees_with_r_on_the_approval_ratings() {
        TestResult corrected = McNemar.chiSquareCorrected(86, 150);
        TestResult uncorrected = McNemar.chiSquare(86, 150);

        assertThat(corrected.statistic()).isCloseTo(16.8177966101695, withinPercentage(1e-7));
        assertThat(corrected.pValue()).isCloseTo(4.1145622813459e-5, withinPercentage(1e-7));
        assertThat(uncorrected.statistic()).isCloseTo(17.3559322033898, withinPercentage(1e-7));
        // published with nine digits
        assertThat(uncorrected.pValue()).isCloseTo(3.09929344e-5, withinPercentage(2e-7));
    }

    @Test
    void the_correction_never_overshoots() {
        assertThat(McNemar.chiSquareCorrected(4, 4)).isEqualTo(new TestResult(0, 1, Reason.TESTED));
        assertThat(McNemar.chiSquareCorrected(4, 5)).isEqualTo(new TestResult(0, 1, Reason.TESTED));
    }

    @Test
    void calls_pairs_without_a_flip_identical() {
        TestResult identical = new TestResult(0, 1, Reason.IDENTICAL);

        assertThat(McNemar.exact(0, 0)).isEqualTo(identical);
        assertThat(McNemar.midP(0, 0)).isEqualTo(identical);
        assertThat(McNemar.chiSquare(0, 0)).isEqualTo(identical);
        assertThat(McNemar.chiSquareCorrected(0, 0)).isEqualTo(identical);
    }

    @Test
    void stays_exact_with_a_million_flips() {
        // twice SciPy's binom.cdf(499500, 1000000, .5)
        assertThat(McNemar.exact(499_500, 500_500).pValue()).isCloseTo(.3177946913633297, withinPercentage(1e-7));
        assertThat(McNemar.exact(500_000, 500_000).pValue()).isEqualTo(1);
        assertThat(McNemar.exact(0, 1_000_000).pValue()).isBetween(0.0, 1e-300);
    }

    @Test
    void rejects_negative_counts() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> McNemar.exact(-1, 2))
                .withMessage("counts must not be negative: -1, 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> McNemar.chiSquare(1, -2))
                .withMessage("counts must not be negative: 1, -2");
    }
}
