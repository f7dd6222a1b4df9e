package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PowerTest {

    @Test
    void reads_a_probability_above_one_half() {
        assertThat(new Power().convert(" .8 ")).isEqualTo(.8);
    }

    @ParameterizedTest
    @ValueSource(strings = {".5", ".3", "1", "1.5", "80%", "much", ""})
    void refuses_anything_else(String text) {
        assertThatThrownBy(() -> new Power().convert(text))
                .hasMessage("'" + text + "' is no probability above .5 and below 1; write it as .8");
    }
}
