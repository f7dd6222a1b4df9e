package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class McNemarPowerTest {

    /** Published from 20,000 simulated runs: standard errors up to .0035. */
    @ParameterizedTest
    @CsvSource({
        "200, .1, 0, .028, .044",
        "200, .05, 0, .022, .040",
        "500, .1, 0, .036, .047",
        "500, .1, .05, .940, .955",
        "500, .1, .03, .519, .569",
        "1000, .1, .03, .834, .856",
        "1000, .05, .02, .783, .819"
    })
    void rejects_as_often_as_published(int items, double discordance, double effect, double exact, double midP) {
        assertThat(McNemarPower.exact(items, discordance, effect, .05)).isCloseTo(exact, within(.011));
        assertThat(McNemarPower.midP(items, discordance, effect, .05)).isCloseTo(midP, within(.011));
        assertThat(McNemarPower.exact(items, discordance, -effect, .05))
                .isCloseTo(McNemarPower.exact(items, discordance, effect, .05), within(1e-12));
    }

    @Test
    void counts_every_outcome_of_a_small_case() {
        // Six losses in six items is the only outcome with p ≤ .05, for either side: 2 · .5⁶.
        assertThat(McNemarPower.exact(6, 1, 0, .05)).isCloseTo(2 * Math.pow(.5, 6), within(1e-12));
        assertThat(McNemarPower.exact(6, 1, 1, .05)).isCloseTo(1, within(1e-12));
        assertThat(McNemarPower.exact(5, 1, 1, .05)).isZero();
    }

    @Test
    void never_rejects_what_never_flips() {
        assertThat(McNemarPower.exact(500, 0, 0, .05)).isZero();
    }

    @Test
    void agrees_with_testing_each_outcome() {
        double each = new PairedOutcomes(80, .3, .1)
                .chance((gains, losses) -> McNemar.midP(losses, gains).pValue() <= .05);

        assertThat(McNemarPower.midP(80, .3, .1, .05)).isCloseTo(each, within(1e-12));
    }

    @Test
    void rejects_an_effect_beyond_the_discordance() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> McNemarPower.exact(500, .02, .05, .05))
                .withMessage("effect must not be larger than the discordance 0.02, is 0.05");
    }
}
