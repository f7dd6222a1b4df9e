package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.lock.Check;
import dev.lockstep.lock.Layer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The checks of several replicas in one list. */
final class MergedChecksTest {
    private static final Check SAME = check(Check.Outcome.MATCH, "7d0a", "process 12");
    private static final Check ELSEWHERE = check(Check.Outcome.MATCH, "7d0a", "process 13");
    private static final Check OTHER = check(Check.Outcome.MISMATCH, "41ee", "process 14");
    private static final Check THIRD = check(Check.Outcome.MISMATCH, "0bad", "process 15");

    @Test
    void what_is_true_of_all_stands_once_and_names_nobody() {
        assertThat(merged(List.of(SAME), List.of(ELSEWHERE), List.of(SAME))).containsExactly(SAME);
    }

    @Test
    void what_differs_names_the_replicas_of_which_it_is_true() {
        assertThat(merged(List.of(SAME), List.of(OTHER), List.of(ELSEWHERE)))
                .containsExactly(SAME.at("a, c"), OTHER.at("b"));
    }

    @Test
    void several_other_values_are_told_apart() {
        assertThat(merged(List.of(OTHER), List.of(SAME), List.of(THIRD)))
                .containsExactly(OTHER.at("a"), SAME.at("b"), THIRD.at("c"));
    }

    @Test
    void what_only_some_tell_of_names_them_too() {
        assertThat(merged(List.of(SAME), List.of(), List.of(SAME))).containsExactly(SAME.at("a, c"));
    }

    @Test
    void the_checks_of_one_server_stay_as_they_are() {
        SequencedMap<String, List<Check>> one = new LinkedHashMap<>();
        one.put("a", List.of(SAME, OTHER));

        assertThat(MergedChecks.of(one)).containsExactly(SAME, OTHER);
    }

    @Test
    void a_layer_is_proven_only_where_every_replica_proves_it() {
        Check unverifiable = new Check(
                Layer.TEMPLATE,
                Check.Step.PROCESS,
                "plain.text",
                Check.Outcome.UNVERIFIABLE,
                Check.Policy.PIN,
                "7d0a",
                "",
                "no answer");

        assertThat(new Verification(merged(List.of(SAME), List.of(SAME), List.of(SAME)), Set.of())
                        .isProven(Layer.TEMPLATE))
                .isTrue();
        assertThat(new Verification(merged(List.of(SAME), List.of(unverifiable), List.of(SAME)), Set.of())
                        .isProven(Layer.TEMPLATE))
                .isFalse();
    }

    @Test
    void replicas_with_other_allowed_values_are_a_stratum_of_their_own() {
        Check first = version("0.33.0");
        Check second = version("0.33.1");

        assertThat(new Verification(merged(List.of(second), List.of(first), List.of(first)), Set.of()).stratum())
                .isEqualTo("engine.version=0.33.0 | 0.33.1");
        assertThat(new Verification(merged(List.of(first), List.of(first), List.of(first)), Set.of()).stratum())
                .isEqualTo("engine.version=0.33.0");
    }

    private static Check version(String found) {
        return new Check(
                Layer.ENGINE,
                Check.Step.LIVE,
                "version",
                Check.Outcome.MATCH,
                Check.Policy.ONE_OF,
                "0.33.0",
                found,
                "");
    }

    private static Check check(Check.Outcome outcome, String found, String note) {
        return new Check(
                Layer.TEMPLATE, Check.Step.PROCESS, "plain.text", outcome, Check.Policy.PIN, "7d0a", found, note);
    }

    private static List<Check> merged(List<Check> a, List<Check> b, List<Check> c) {
        SequencedMap<String, List<Check>> byReplica = new LinkedHashMap<>();
        byReplica.put("a", a);
        byReplica.put("b", b);
        byReplica.put("c", c);
        return MergedChecks.of(byReplica);
    }
}
