package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.LayerState;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.LockCoverage;
import dev.lockstep.lock.Standing;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** In which way layers are known, and how many fields a lock knows so. */
final class StandingsTest {
    private static final Map<String, JsonNode> VALUE = Map.of("value", TextNode.valueOf("x"));
    private static final Map<String, JsonNode> NOTHING = Map.of();
    private static final LayerState PINNED = LayerState.of(VALUE, NOTHING, NOTHING, Set.of());
    private static final LayerState DECLARED = LayerState.of(NOTHING, VALUE, NOTHING, Set.of());
    private static final LayerState OBSERVED = LayerState.of(NOTHING, NOTHING, VALUE, Set.of("cacheTypes"));
    private static final LayerState UNKNOWN = LayerState.of(NOTHING, NOTHING, NOTHING, Set.of("*"));

    @Test
    void a_pinned_layer_counts_as_such_only_where_what_answers_was_proven() {
        assertThat(standing(PINNED, Check.Step.PROCESS, Check.Outcome.MATCH)).isEqualTo(Standing.PINNED);
        assertThat(standing(PINNED, Check.Step.DISK, Check.Outcome.MATCH)).isEqualTo(Standing.DECLARED);
        assertThat(standing(PINNED, Check.Step.PROCESS, Check.Outcome.UNVERIFIABLE))
                .isEqualTo(Standing.DECLARED);
    }

    @Test
    void what_a_server_says_renders_samples_or_computes_is_consistent_at_most() {
        for (Check.Step step : List.of(Check.Step.LIVE, Check.Step.RENDER, Check.Step.SAMPLING, Check.Step.LOGPROBS)) {
            assertThat(standing(PINNED, step, Check.Outcome.MATCH))
                    .as("%s", step)
                    .isEqualTo(Standing.OBSERVED);
            assertThat(standing(PINNED, step, Check.Outcome.MISMATCH))
                    .as("%s", step)
                    .isEqualTo(Standing.DECLARED);
        }
    }

    @Test
    void what_one_step_contradicts_another_does_not_make_consistent() {
        Check says = check(Check.Step.LIVE, Check.Outcome.MATCH, Check.Policy.PIN);
        Check computes = check(Check.Step.LOGPROBS, Check.Outcome.MISMATCH, Check.Policy.WARN);

        assertThat(standings(PINNED, says, computes).of(Layer.WEIGHTS)).isEqualTo(Standing.DECLARED);
    }

    @Test
    void the_fields_of_a_layer_that_nobody_saw_are_not_counted_as_pinned() {
        Check process = check(Check.Step.PROCESS, Check.Outcome.MATCH, Check.Policy.PIN);
        Check render = check(Check.Step.RENDER, Check.Outcome.MATCH, Check.Policy.PIN);

        assertThat(standings(PINNED, process).coverage())
                .hasToString("pinned 1 · declared 12 · observed 0 · unknown 0");
        assertThat(standings(PINNED, render).coverage()).hasToString("pinned 0 · declared 12 · observed 1 · unknown 0");
        assertThat(standings(LayerState.notApplicable()).coverage()).hasToString("pinned 0 · observed 0 · unknown 0");
    }

    @Test
    void a_word_is_a_word_whatever_matches_it() {
        assertThat(standing(DECLARED, Check.Step.STATIC, Check.Outcome.MATCH)).isEqualTo(Standing.DECLARED);
        assertThat(standing(OBSERVED, Check.Step.LIVE, Check.Outcome.MATCH)).isEqualTo(Standing.OBSERVED);
        assertThat(standing(OBSERVED, Check.Step.LIVE, Check.Outcome.MISMATCH)).isEqualTo(Standing.UNKNOWN);
        assertThat(standing(UNKNOWN, Check.Step.LIVE, Check.Outcome.NOT_CHECKED))
                .isEqualTo(Standing.UNKNOWN);
    }

    @Test
    void of_a_layer_that_the_stack_has_not_nothing_is_left_to_prove() {
        assertThat(standing(LayerState.notApplicable(), Check.Step.LIVE, Check.Outcome.NOT_CHECKED))
                .isEqualTo(Standing.PINNED);
    }

    @Test
    void the_stronger_way_satisfies_the_weaker() {
        assertThat(Standing.PINNED.isAtLeast(Standing.OBSERVED)).isTrue();
        assertThat(Standing.OBSERVED.isAtLeast(Standing.OBSERVED)).isTrue();
        assertThat(Standing.DECLARED.isAtLeast(Standing.OBSERVED)).isFalse();
    }

    @Test
    void coverage_is_one_line() {
        Map<Layer, LayerState> layers = all(PINNED);
        layers.put(Layer.LAUNCH, OBSERVED);

        assertThat(LockCoverage.of(new Lock("x", layers))).hasToString("pinned 12 · observed 1 · unknown 1");
        layers.put(Layer.ENGINE, DECLARED);
        assertThat(LockCoverage.of(new Lock("x", layers)))
                .hasToString("pinned 11 · declared 1 · observed 1 · unknown 1");
    }

    private static Standing standing(LayerState state, Check.Step step, Check.Outcome outcome) {
        return standings(state, check(step, outcome, Check.Policy.PIN)).of(Layer.WEIGHTS);
    }

    private static Check check(Check.Step step, Check.Outcome outcome, Check.Policy policy) {
        return new Check(Layer.WEIGHTS, step, "value", outcome, policy, "x", "x", "");
    }

    private static Standings standings(LayerState state, Check... checks) {
        return new Standings(new Lock("x", all(state)), new Verification(List.of(checks), Set.of()));
    }

    private static Map<Layer, LayerState> all(LayerState state) {
        Map<Layer, LayerState> layers = new EnumMap<>(Layer.class);
        for (Layer layer : Layer.values()) {
            layers.put(layer, state);
        }
        return layers;
    }
}
