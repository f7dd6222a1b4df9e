package dev.lockstep.report;

import static dev.lockstep.report.ReportFixture.fingerprint;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StripPlotTest {
    private static final List<String> ANSWER = List.of("a", " b", " c");

    @Test
    void answers_without_any_common_token_stand_apart_from_those_that_differ_by_zero() {
        String page = plot(List.of("a", " x", " c"), List.of("x", " y"));

        assertThat(page)
                .contains(">apart</text>")
                .contains(
                        "Right of it, apart: other from the first token on, so there is no log-probability to compare.");
        assertThat(page.split("class=\"diamond\"", -1)).hasSize(3);
    }

    @Test
    void without_such_answers_the_axis_keeps_the_whole_width() {
        assertThat(plot(List.of("a", " x", " c"))).doesNotContain("apart");
    }

    @SafeVarargs
    private static String plot(List<String>... others) {
        List<TokenComparison> comparisons = new ArrayList<>();
        comparisons.add(compare(0, ANSWER));
        comparisons.add(compare(1, ANSWER));
        for (List<String> other : others) {
            comparisons.add(compare(comparisons.size(), other));
        }
        StringBuilder page = new StringBuilder();
        StripPlot.html(comparisons).writeTo(page);
        return page.toString();
    }

    private static TokenComparison compare(int number, List<String> tonight) {
        String key = "f/c" + number + "/0";
        var pairs = SamplePair.of(
                List.of(fingerprint(key, tonight, 0)),
                List.of(fingerprint(key, ANSWER, number == 1 ? 0.5 : 0)),
                List.of());
        Optional<TokenComparison> comparison = TokenComparison.of(pairs.getFirst());
        return comparison.orElseThrow();
    }
}
