package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeymanPearsonTest {

    /** Divergences of Llama-3-8B from f16: q8_0, q6_K, q4_K_M, q2_K. */
    @ParameterizedTest
    @CsvSource({".001355, 3703", ".005452, 920", ".031273, 160", ".445132, 11"})
    void gives_the_published_floors(double divergence, double expected) {
        assertThat(NeymanPearson.tokens(divergence, .01, .8)).isCloseTo(expected, within(.5));
    }

    @Test
    void compares_a_test_with_the_floor() {
        assertThat(NeymanPearson.efficiency(320, 12_500)).isCloseTo(.0256, within(1e-12));
    }

    @Test
    void rejects_distributions_that_do_not_differ() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NeymanPearson.tokens(0, .01, .8))
                .withMessage("divergence must be positive, is 0.0");
    }
}
