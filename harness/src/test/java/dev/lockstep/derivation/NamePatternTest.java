package dev.lockstep.derivation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NamePatternTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "blk.*.attn_{q,v}.weight blk.12.attn_v.weight true",
                "blk.*.attn_{q,v}.weight blk.12.attn_k.weight false",
                "blk.1.ffn_down.weight blk.1.ffn_down.weight true",
                "blk.1.ffn_down.weight blk.10ffn_down.weight false",
                "* anything true",
                "a.{b,c}* a.cd true"
            })
    void stars_and_choices_stand_for_names(String pattern, String name, boolean matches) {
        assertThat(NamePattern.of(pattern).orElseThrow().matches(name)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{q", "q}", "{a,{b}}"})
    void what_names_nothing_is_no_pattern(String text) {
        assertThat(NamePattern.of(text)).isEmpty();
    }

    @Test
    void prints_as_it_was_written() {
        assertThat(NamePattern.of("blk.*.{a, b}"))
                .hasValueSatisfying(pattern -> assertThat(pattern).hasToString("blk.*.{a, b}"));
    }
}
