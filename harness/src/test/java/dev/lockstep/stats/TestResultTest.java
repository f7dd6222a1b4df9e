package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lockstep.stats.TestResult.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestResultTest {

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, -1e-9, 1.000001})
    void rejects_what_is_no_probability(double p) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TestResult(2, p, Reason.TESTED))
                .withMessage("a test needs a statistic and a p-value in [0, 1], has 2.0 and " + p);
    }

    @Test
    void rejects_a_statistic_that_is_no_number() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TestResult(Double.NaN, 1, Reason.TESTED))
                .withMessage("a test needs a statistic and a p-value in [0, 1], has NaN and 1.0");
    }
}
