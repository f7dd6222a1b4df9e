package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairedPosteriorTest {

    /** Expected: shares of four million draws of NumPy from the Dirichlet posterior, standard errors up to .00025. */
    @ParameterizedTest
    @CsvSource({
        "36, 12, 2, 0, .02, .00638775",
        "36, 12, 2, 0, .05, .02288925",
        "36, 12, 2, 0, .2, .59143225",
        "80, 3, 2, 15, .02, .56890275",
        "80, 3, 2, 15, .05, .93179525",
        "480, 5, 5, 10, .02, .99322075"
    })
    void agrees_with_draws_from_the_posterior(
            int both, int gains, int losses, int none, double margin, double expected) {
        assertThat(PairedPosterior.within(new PairedCounts(both, gains, losses, none), margin))
                .isCloseTo(expected, within(.001));
    }

    @Test
    void is_symmetric_and_sure_of_wide_margins() {
        PairedCounts counts = new PairedCounts(10, 7, 1, 2);

        assertThat(PairedPosterior.within(counts, .3))
                .isCloseTo(PairedPosterior.within(new PairedCounts(2, 1, 7, 10), .3), within(1e-12));
        assertThat(PairedPosterior.within(counts, .999999)).isCloseTo(1, within(1e-6));
        assertThat(PairedPosterior.within(new PairedCounts(1_000_000, 0, 0, 0), .5))
                .isEqualTo(1);
    }

    @Test
    void rejects_a_margin_that_none_is() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PairedPosterior.within(new PairedCounts(1, 0, 0, 0), 2))
                .withMessage("margin must lie between 0 and 1, both excluded; is 2.0");
    }
}
