package dev.lockstep.lock;

import static dev.lockstep.lock.Check.Outcome.MATCH;
import static dev.lockstep.lock.Check.Outcome.MISMATCH;
import static dev.lockstep.lock.Check.Outcome.NOT_CHECKED;
import static dev.lockstep.lock.Check.Outcome.UNVERIFIABLE;
import static dev.lockstep.lock.Check.Policy.PIN;
import static dev.lockstep.lock.Check.Policy.WARN;
import static dev.lockstep.lock.Check.Step.DISK;
import static dev.lockstep.lock.Check.Step.LIVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final Lock LOCK = LockFixture.of(Map.of(
            Layer.ENGINE,
            LayerState.of(
                    Map.of("digest", TextNode.valueOf("sha256:" + "ab".repeat(32)), "slots", IntNode.valueOf(4)),
                    Map.of("mirror", TextNode.valueOf("own")),
                    Map.of("build", TextNode.valueOf("b1")),
                    Set.of("driver")),
            Layer.HARDWARE,
            LockFixture.observed(Map.of("cpu", TextNode.valueOf("Xeon")))));

    @Test
    void every_pinned_field_is_compared() {
        assertThat(pinned(Map.of(
                        "digest", TextNode.valueOf("sha256:" + "cd".repeat(32)), "slots", DoubleNode.valueOf(4))))
                .containsExactly(
                        new Check(
                                Layer.ENGINE,
                                DISK,
                                "digest",
                                MISMATCH,
                                PIN,
                                "sha256:abababab…",
                                "sha256:cdcdcdcd…",
                                ""),
                        new Check(Layer.ENGINE, DISK, "slots", MATCH, PIN, "4", "4", ""));
    }

    @Test
    void pinned_field_that_is_gone_breaks_the_lock() {
        assertThat(pinned(Map.of("slots", IntNode.valueOf(4))))
                .filteredOn(Check::breaksLock)
                .containsExactly(new Check(
                        Layer.ENGINE,
                        DISK,
                        "digest",
                        MISMATCH,
                        PIN,
                        "sha256:abababab…",
                        "",
                        "the lock holds it, the stack does not"));
    }

    @Test
    void proof_that_the_lock_does_not_know_breaks_the_lock() {
        assertThat(found(Layer.ENGINE, "top_k", IntNode.valueOf(1)))
                .containsExactly(new Check(
                        Layer.ENGINE, DISK, "top_k", MISMATCH, PIN, "", "1", "the stack holds it, the lock does not"));
        assertThat(found(Layer.ADAPTERS, "rank", IntNode.valueOf(4)))
                .containsExactly(new Check(
                        Layer.ADAPTERS,
                        DISK,
                        "rank",
                        MISMATCH,
                        PIN,
                        "",
                        "4",
                        "the lock says that the stack has no such layer"));
    }

    @Test
    void an_empty_value_is_told_from_one_that_is_missing() {
        Check empty = found(Layer.ENGINE, "suffix", TextNode.valueOf("")).getFirst();

        assertThat(empty.values()).isEqualTo("locked (missing), found (nothing)");
    }

    @Test
    void proof_of_what_the_lock_calls_unknown_is_not_checked() {
        assertThat(found(Layer.ENGINE, "driver", TextNode.valueOf("570")))
                .containsExactly(new Check(
                        Layer.ENGINE,
                        DISK,
                        "driver",
                        NOT_CHECKED,
                        PIN,
                        "",
                        "570",
                        "the lock does not know it yet; `lockstep lock` learns it"));
    }

    @Test
    void a_star_calls_all_unknown_that_begins_so_and_is_not_held() {
        Lock lock = LockFixture.of(Map.of(
                Layer.WEIGHTS,
                LayerState.of(
                        Map.of("model.tensors", TextNode.valueOf("a")), Map.of(), Map.of(), Set.of("projector.*"))));
        Map<Layer, SortedMap<String, JsonNode>> found = Map.of(
                Layer.WEIGHTS,
                new TreeMap<>(Map.of(
                        "model.tensors", TextNode.valueOf("b"),
                        "model.more", TextNode.valueOf("c"),
                        "projector.tensors", TextNode.valueOf("d"))));

        assertThat(Comparison.of(lock, "pinned", found, DISK, Policies.defaults()))
                .extracting(Check::field, Check::outcome)
                .containsExactly(
                        tuple("model.tensors", MISMATCH),
                        tuple("model.more", MISMATCH),
                        tuple("projector.tensors", NOT_CHECKED));
    }

    @Test
    void proof_is_held_against_the_operators_word() {
        assertThat(found(Layer.ENGINE, "mirror", TextNode.valueOf("other")))
                .containsExactly(new Check(
                        Layer.ENGINE,
                        DISK,
                        "mirror",
                        MISMATCH,
                        PIN,
                        "own",
                        "other",
                        "the locked value is the operator's word"));
    }

    @Test
    void what_the_engine_does_not_say_is_unverifiable_and_what_only_it_says_is_not_checked() {
        List<Check> checks = Comparison.of(
                LOCK,
                "observed",
                Map.of(Layer.ENGINE, new TreeMap<>(Map.of("modalities", TextNode.valueOf("vision")))),
                LIVE,
                Policies.defaults());

        assertThat(checks)
                .containsExactly(
                        new Check(
                                Layer.ENGINE, LIVE, "build", UNVERIFIABLE, PIN, "b1", "", "the stack does not tell it"),
                        new Check(
                                Layer.ENGINE,
                                LIVE,
                                "modalities",
                                NOT_CHECKED,
                                PIN,
                                "",
                                "vision",
                                "the lock does not know it yet; `lockstep lock` learns it"));
    }

    @Test
    void hardware_warns_unless_it_is_pinned() {
        Map<Layer, SortedMap<String, JsonNode>> other =
                Map.of(Layer.HARDWARE, new TreeMap<>(Map.of("cpu", TextNode.valueOf("Epyc"))));

        assertThat(Comparison.of(LOCK, "observed", other, LIVE, Policies.defaults()))
                .containsExactly(new Check(Layer.HARDWARE, LIVE, "cpu", MISMATCH, WARN, "Xeon", "Epyc", ""))
                .noneMatch(Check::breaksLock);
        assertThat(Comparison.of(
                        LOCK, "observed", other, LIVE, Policies.defaults().with(Layer.HARDWARE, PIN)))
                .allMatch(Check::breaksLock);
    }

    @Test
    void command_lines_are_told_by_the_arguments_that_differ() {
        Lock lock = LockFixture.of(Map.of(
                Layer.LAUNCH,
                LockFixture.pinned(Map.of("argv", words("serve -c 4096 --jinja --port ${port} -ngl 99")))));
        Map<Layer, SortedMap<String, JsonNode>> found = Map.of(
                Layer.LAUNCH, new TreeMap<>(Map.of("argv", words("serve -c 8192 --port ${port} -ngl 99 --no-mmap"))));

        assertThat(Comparison.of(lock, "pinned", found, DISK, Policies.defaults()))
                .extracting(Check::values)
                .containsExactly("locked --jinja, no --no-mmap, -c 4096, found no --jinja, --no-mmap, -c 8192");
    }

    private static JsonNode words(String line) {
        return new ObjectMapper().valueToTree(List.of(line.split(" ", -1)));
    }

    @Test
    void layers_that_were_not_looked_at_give_no_checks() {
        assertThat(Comparison.of(LOCK, "pinned", Map.of(), DISK, Policies.defaults()))
                .isEmpty();
    }

    @Test
    void other_states_are_refused() {
        assertThatThrownBy(() -> Comparison.of(LOCK, "declared", Map.of(), DISK, Policies.defaults()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'declared' is not compared; expected pinned or observed");
    }

    @Test
    void shipped_policies_warn_of_hardware_and_provenance_only() {
        assertThat(Layer.values())
                .allSatisfy(layer -> assertThat(Policies.defaults().of(layer))
                        .isEqualTo(layer == Layer.HARDWARE || layer == Layer.PROVENANCE ? WARN : PIN));
    }

    private static List<Check> found(Layer layer, String field, JsonNode value) {
        return Comparison.of(
                        LOCK, "pinned", Map.of(layer, new TreeMap<>(Map.of(field, value))), DISK, Policies.defaults())
                .stream()
                .filter(check -> check.field().equals(field))
                .toList();
    }

    private static List<Check> pinned(Map<String, JsonNode> fields) {
        return Comparison.of(LOCK, "pinned", Map.of(Layer.ENGINE, new TreeMap<>(fields)), DISK, Policies.defaults());
    }
}
