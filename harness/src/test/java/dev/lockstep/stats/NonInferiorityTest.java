package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NonInferiorityTest {

    @ParameterizedTest
    @CsvSource({".02, .02, 310", ".05, .02, 773", ".1, .02, 1546", ".02, .01, 1237", ".05, .05, 124", ".2, .05, 495"})
    void plans_the_published_numbers_of_items(double discordance, double margin, int expected) {
        assertThat(NonInferiority.items(discordance, margin)).isEqualTo(expected);
    }
}
