package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UpperTailTest {

    @Test
    void counts_the_observed_value_and_its_ties() {
        assertThat(UpperTail.pValue(new double[] {2, 1, 2, 3, 0})).isEqualTo(.6);
        assertThat(UpperTail.pValue(new double[] {2, 2 - 1e-13, 2 - 1e-9, 1})).isEqualTo(.5);
        assertThat(UpperTail.pValue(new double[] {2e6, 2e6 - 1e-7, 2e6 - 1e-3, 1}))
                .isEqualTo(.5);
    }

    @Test
    void ranks_every_value_from_above() {
        assertThat(UpperTail.counts(new double[] {2, 1, 2 + 1e-13, 3, 0})).containsExactly(3, 4, 3, 1, 5);
    }
}
