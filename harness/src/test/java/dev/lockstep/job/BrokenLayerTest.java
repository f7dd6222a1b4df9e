package dev.lockstep.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.lock.Check;
import dev.lockstep.lock.Layer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BrokenLayerTest {

    @Test
    void tells_the_only_field_with_both_values() {
        assertThat(sentence(check(Check.Step.PROCESS, "n_ctx", "4096", "2048")))
                .isEqualTo("launch n_ctx: locked 4096, found 2048 (process)");
    }

    @Test
    void names_the_others_once_however_often_they_were_seen() {
        assertThat(sentence(
                        check(Check.Step.DISK, "n_ctx", "4096", "2048"),
                        check(Check.Step.DISK, "n_batch", "512", "256"),
                        check(Check.Step.PROCESS, "n_ctx", "4096", "2048"),
                        check(Check.Step.PROCESS, "n_batch", "512", "256")))
                .isEqualTo("launch n_ctx: locked 4096, found 2048 (disk) and 1 more: n_batch");
    }

    @Test
    void names_three_of_many() {
        List<Check> checks = Stream.of("a", "b", "c", "d", "e")
                .map(field -> check(Check.Step.PROCESS, field, "1", "2"))
                .toList();

        assertThat(new BrokenLayer(checks).sentence())
                .isEqualTo("launch a: locked 1, found 2 (process) and 4 more: b, c, d, …");
    }

    @Test
    void says_that_a_value_is_missing() {
        assertThat(sentence(check(Check.Step.PROCESS, "mirror", "", "own")))
                .isEqualTo("launch mirror: locked (missing), found own (process)");
        assertThat(sentence(check(Check.Step.PROCESS, "mirror", "own", "")))
                .isEqualTo("launch mirror: locked own, found (missing) (process)");
    }

    private static String sentence(Check... checks) {
        return new BrokenLayer(List.of(checks)).sentence();
    }

    private static Check check(Check.Step step, String field, String locked, String found) {
        return new Check(
                Layer.LAUNCH, step, field, Check.Outcome.MISMATCH, Check.Policy.PIN, locked, found, "as a test");
    }
}
