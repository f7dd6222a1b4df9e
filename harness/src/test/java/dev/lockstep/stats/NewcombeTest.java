package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewcombeTest {

    @ParameterizedTest
    @CsvSource({
        "36, 12, 2, 0, .056929584003, .340427602975",
        "54, 0, 0, 0, -.066413588091, .066413588091",
        "53, 0, 1, 0, -.097714374888, .049621661889"
    })
    void gives_the_published_paired_intervals(int both, int gains, int losses, int none, double low, double high) {
        PairedCounts counts = new PairedCounts(both, gains, losses, none);

        Interval interval = Newcombe.paired(counts, .95);

        assertThat(interval.estimate()).isCloseTo(counts.difference(), within(1e-15));
        assertThat(interval.low()).isCloseTo(low, within(1e-9));
        assertThat(interval.high()).isCloseTo(high, within(1e-9));
    }

    @Test
    void corrects_the_correlation_as_published() {
        assertThat(Newcombe.phi(new PairedCounts(36, 12, 2, 0))).isCloseTo(-.114707866935, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({
        "56, 70, 48, 80, .052431472402, .333872654037",
        "9, 10, 3, 10, .170522723935, .809017973535",
        "5, 56, 0, 29, -.038137147904, .192560013855",
        "0, 10, 0, 20, -.161125158053, .277532799863"
    })
    void gives_the_published_unpaired_intervals(int a, int m, int b, int n, double low, double high) {
        Interval interval = Newcombe.unpaired(new Proportion(a, m), new Proportion(b, n), .95);

        assertThat(interval.low()).isCloseTo(low, within(1e-9));
        assertThat(interval.high()).isCloseTo(high, within(1e-9));
    }

    @Test
    void says_little_of_a_single_pair() {
        Interval interval = Newcombe.paired(new PairedCounts(0, 0, 1, 0), .95);

        assertThat(interval.estimate()).isEqualTo(-1);
        assertThat(interval.low()).isEqualTo(-1);
        assertThat(interval.high()).isBetween(0.0, 1.0);
    }

    @Test
    void needs_a_pair() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PairedCounts(0, 0, 0, 0))
                .withMessage("needs counts of at least one pair, has both=0 gains=0 losses=0 none=0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PairedCounts(3, 0, -1, 0))
                .withMessage("needs counts of at least one pair, has both=3 gains=0 losses=-1 none=0");
    }
}
