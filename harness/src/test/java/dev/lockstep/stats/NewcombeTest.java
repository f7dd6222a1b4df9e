package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewcombeTest {
    private static final double Z95 = 1.959963984540054;

    @ParameterizedTest
    @CsvSource({
        "36, 12, 2, 0, .056929584003, .340427602975",
        "54, 0, 0, 0, -.066413588091, .066413588091",
        "53, 0, 1, 0, -.097714374888, .049621661889"
    })
    void gives_the_published_paired_intervals(int both, int first, int second, int none, double lower, double upper) {
        Interval interval = Newcombe.paired(both, first, second, none, .95);

        assertThat(interval.lower()).isCloseTo(lower, within(1e-9));
        assertThat(interval.upper()).isCloseTo(upper, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({
        "81, 263, .255288519878, .366209576983",
        "15, 148, .062386399531, .160487241723",
        "0, 20, 0, .161125158053",
        "1, 29, .006113214293, .171755218793"
    })
    void gives_the_published_wilson_intervals(int successes, int n, double lower, double upper) {
        Interval interval = Newcombe.wilson(successes, n, Z95);

        assertThat(interval.lower()).isCloseTo(lower, within(1e-9));
        assertThat(interval.upper()).isCloseTo(upper, within(1e-9));
    }

    @Test
    void needs_a_pair() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Newcombe.paired(0, 0, 0, 0, .95))
                .withMessage("needs counts of at least one pair");
    }
}
