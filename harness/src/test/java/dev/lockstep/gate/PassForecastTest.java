package dev.lockstep.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.run.SampleKey;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class PassForecastTest {
    private static final Items ITEMS = new Items(List.of("text"), 100, 1, 1);

    @Test
    void multiplies_what_each_detector_does_by_itself() {
        assertThat(forecast(
                                tokens("equality", 1),
                                scores("run-level t, 10 runs", .8),
                                scores("run-level t, 10 runs", .5))
                        .pass())
                .isCloseTo(.4, within(1e-12));
    }

    @Test
    void counts_everything_where_equality_decides_alone() {
        assertThat(forecast(tokens("equality", 1), scores("equality", 1)).notCounted())
                .isEmpty();
        assertThat(forecast(tokens("", 0)).notCounted()).isEmpty();
    }

    @Test
    void says_what_it_leaves_out_where_tests_may_fire_by_chance() {
        assertThat(forecast(scores("equality", 1), tokens("permutation within prompts", 1))
                        .notCounted())
                .contains(
                        "not counted: nights on which the test of sampled answers fires by chance and fresh answers confirm"
                                + " it, at most 0.2 % of unchanged nights with ten approved runs, 0.7 % with two (simulated);"
                                + " they end as DRIFT");
        assertThat(forecast(tokens("permutation within prompts", 1), scores("run-level t, 10 runs", .9))
                        .notCounted())
                .contains(
                        "not counted: nights on which tests of whole runs fire by chance and the same start confirms them,"
                                + " 0.2 % to 2.2 % of unchanged nights by how much of its noise a start shares (simulated; more under another"
                                + " load than the approved runs'); most end as INCONCLUSIVE");
    }

    @Test
    void names_scores_that_cannot_prove_their_margin() {
        Outlook weak = scores("run-level t, 10 runs", .89);

        assertThat(forecast(tokens("", 0), weak, scores("run-level t, 10 runs", .9))
                        .advisory())
                .containsExactly(weak);
    }

    @Test
    void tells_cases_from_repetitions() {
        List<SampleKey> keys = List.of(
                new SampleKey("text", "a", 0),
                new SampleKey("text", "a", 1),
                new SampleKey("text", "b", 0),
                new SampleKey("ocr", "a", 0));

        assertThat(Items.of(keys))
                .isEqualTo(new Items(List.of("ocr", "text"), 3, 1, 2))
                .hasToString("3 × 1 to 2");
        assertThat(Items.of(keys.subList(0, 2))).hasToString("1 × 2");
        assertThat(Items.of(List.of())).hasToString("0 × 0");
    }

    private static PassForecast forecast(Outlook... outlooks) {
        return new PassForecast(Arrays.asList(outlooks));
    }

    private static Outlook tokens(String basis, double pass) {
        return new Outlook("L1", ITEMS, 100, 100, basis, "one token", pass, OptionalDouble.empty(), Optional.empty());
    }

    private static Outlook scores(String basis, double pass) {
        return new Outlook(
                "L4",
                ITEMS,
                100,
                100,
                basis,
                "a loss",
                pass,
                OptionalDouble.of(.05),
                Optional.of(new Outlook.Cases(500, 100)));
    }
}
