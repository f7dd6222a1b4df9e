package dev.lockstep.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LockTest {

    @Test
    void id_is_the_same_in_every_run() {
        Lock lock = LockFixture.of(Map.of(
                Layer.WEIGHTS,
                LayerState.of(
                        Map.of(
                                "model.tensors",
                                TextNode.valueOf("sha256:aa"),
                                "model.tensors.length",
                                IntNode.valueOf(37)),
                        Map.of(),
                        Map.of(),
                        Set.of()),
                Layer.ENGINE,
                LayerState.of(
                        Map.of(),
                        Map.of("version", TextNode.valueOf("b1"), "scale", DoubleNode.valueOf(0.5)),
                        Map.of(),
                        Set.of())));

        assertThat(lock.id()).hasToString("lk1-311a927cf4aa05a5c5ea5f5906fd61966d50486684f2ec0e458cb357dfa5ac14");
        assertThat(lock.id().brief()).isEqualTo("lk1-311a927cf4aa");
    }

    @Test
    void spelling_of_a_number_does_not_move_the_id() {
        assertThat(pinned(LongNode.valueOf(37)))
                .isEqualTo(pinned(IntNode.valueOf(37)))
                .isEqualTo(pinned(DoubleNode.valueOf(37.0)));
        assertThat(pinned(LongNode.valueOf(37)).id())
                .isEqualTo(pinned(DoubleNode.valueOf(37.0)).id());
    }

    @Test
    void observed_and_unknown_values_do_not_move_the_id() {
        LayerState known = LayerState.of(Map.of("a", IntNode.valueOf(1)), Map.of(), Map.of(), Set.of());
        LayerState talkative =
                LayerState.of(Map.of("a", IntNode.valueOf(1)), Map.of(), Map.of("b", IntNode.valueOf(2)), Set.of("c"));

        assertThat(engine(talkative).id()).isEqualTo(engine(known).id());
        assertThat(engine(talkative)).isNotEqualTo(engine(known));
    }

    @Test
    void pinned_and_declared_values_move_the_id() {
        LayerState empty = LayerState.of(Map.of(), Map.of(), Map.of(), Set.of());
        LayerState pinned = LayerState.of(Map.of("a", IntNode.valueOf(1)), Map.of(), Map.of(), Set.of());
        LayerState declared = LayerState.of(Map.of(), Map.of("a", IntNode.valueOf(1)), Map.of(), Set.of());

        assertThat(Set.of(
                        engine(empty).id(),
                        engine(pinned).id(),
                        engine(declared).id(),
                        engine(LayerState.notApplicable()).id(),
                        new Lock("other", engine(empty).layers()).id()))
                .hasSize(5);
    }

    @Test
    void a_value_in_another_layer_is_another_lock() {
        LayerState state = LayerState.of(Map.of("a", IntNode.valueOf(1)), Map.of(), Map.of(), Set.of());

        assertThat(LockFixture.of(Map.of(Layer.LAUNCH, state)).id())
                .isNotEqualTo(LockFixture.of(Map.of(Layer.ENGINE, state)).id());
    }

    @Test
    void absent_layer_is_refused() {
        assertThatThrownBy(() -> new Lock("tiny", Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("layer 'provenance' is absent; an empty one is notApplicable");
    }

    @Test
    void id_has_one_form() {
        assertThatThrownBy(() -> new LockId("lk1-abc"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'lk1-abc' is no lock id; expected lk1- and 64 hex digits");
    }

    private static Lock pinned(JsonNode value) {
        return engine(LayerState.of(Map.of("a", value), Map.of(), Map.of(), Set.of()));
    }

    private static Lock engine(LayerState state) {
        return LockFixture.of(Map.of(Layer.ENGINE, state));
    }
}
