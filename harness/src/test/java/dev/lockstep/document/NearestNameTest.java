package dev.lockstep.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
    private static final List<String> KNOWN = List.of("cases", "id", "n", "repetitions", "scorers", "template");

    @ParameterizedTest
    @CsvSource({
        "case, cases",
        "tempalte, template",
        "Template, template",
        "ID, id",
        "it, id",
        "repetition, repetitions",
        "repititon, repetitions"
    })
    void mistyped_name_means_the_nearest(String typed, String meant) {
        assertThat(NearestName.of(typed, KNOWN)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"k", "xx", "weights", "tmpl", "''"})
    void what_is_far_from_everything_means_nothing(String typed) {
        assertThat(NearestName.of(typed, KNOWN)).isEmpty();
    }

    @Test
    void equally_near_names_are_taken_in_their_order() {
        assertThat(NearestName.of("cast", List.of("case", "cash"))).contains("case");
        assertThat(NearestName.of("cast", List.of("cash", "case"))).contains("case");
    }
}
