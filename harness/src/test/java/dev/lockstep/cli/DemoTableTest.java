package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.lock.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTableTest {
    private static final Optional<Layer> NONE = Optional.empty();

    @TempDir
    private Path folder;

    @Test
    void shows_what_the_verdict_files_say_and_not_what_was_expected() throws IOException {
        DemoTable table = new DemoTable(List.of(
                new DemoRow("nothing", "PASS", NONE, verdict("PASS", 0, "")),
                new DemoRow("a flag", "PASS", NONE, verdict("LOCK_BROKEN", 2, "\"launch\""))));

        assertThat(table.text()).isEqualTo("""
                change                                                     verdict       exit  layer named
                nothing                                                    PASS             0
                a flag                                                     LOCK_BROKEN      2  launch""");
    }

    @Test
    void is_surprised_by_another_verdict_by_a_layer_too_many_and_by_one_that_is_missing() throws IOException {
        DemoRow other = new DemoRow("nothing", "PASS", NONE, verdict("DRIFT", 1, ""));
        DemoRow tooMany = new DemoRow(
                "a flag",
                "LOCK_BROKEN",
                Optional.of(Layer.LAUNCH),
                verdict("LOCK_BROKEN", 2, "\"engine\", \"launch\""));
        DemoRow missing =
                new DemoRow("weights", "DRIFT", Optional.of(Layer.WEIGHTS), verdict("DRIFT", 1, "\"engine\""));

        assertThat(new DemoTable(List.of(other, tooMany, missing)).surprises())
                .containsExactly(
                        "nothing: expected PASS, see " + other.verdictFile(),
                        "a flag: expected LOCK_BROKEN naming launch, see " + tooMany.verdictFile(),
                        "weights: expected DRIFT naming weights, see " + missing.verdictFile());
    }

    @Test
    void is_not_surprised_by_what_must_come() throws IOException {
        DemoRow broken = new DemoRow(
                "a flag", "LOCK_BROKEN", Optional.of(Layer.LAUNCH), verdict("LOCK_BROKEN", 2, "\"launch\""));
        DemoRow drift = new DemoRow(
                "weights", "DRIFT", Optional.of(Layer.WEIGHTS), verdict("DRIFT", 1, "\"weights\", \"engine\""));

        DemoTable table = new DemoTable(List.of(broken, drift));

        assertThat(table.surprises()).isEmpty();
        assertThat(DemoCommand.exitCode(table)).isZero();
    }

    @Test
    void ends_the_demo_with_70_when_it_is_surprised() throws IOException {
        DemoTable table = new DemoTable(List.of(new DemoRow("nothing", "PASS", NONE, verdict("DRIFT", 1, ""))));

        assertThat(DemoCommand.exitCode(table)).isEqualTo(70);
    }

    private Path verdict(String name, int exitCode, String layers) throws IOException {
        Path file = Files.createTempFile(folder, "verdict", ".json");
        return Files.writeString(file, """
                {"schema": "verdict/1", "verdict": "%s", "exitCode": %d, "reasons": [], "layers": [%s]}
                """.formatted(name, exitCode, layers));
    }
}
