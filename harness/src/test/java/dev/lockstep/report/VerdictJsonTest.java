package dev.lockstep.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.document.LockstepException;
import dev.lockstep.gate.Verdict;
import dev.lockstep.lock.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerdictJsonTest {

    @TempDir
    private Path directory;

    @Test
    void a_drift_is_written_as_the_golden_file_says() {
        assertThat(VerdictJson.text(Night.drift().result())).isEqualTo(Golden.text("drift.verdict.json"));
    }

    @Test
    void a_broken_lock_is_written_as_the_golden_file_says() {
        assertThat(VerdictJson.text(Night.lockBroken().result())).isEqualTo(Golden.text("lock-broken.verdict.json"));
    }

    @Test
    void what_was_written_reads_back_in_short() throws IOException {
        for (Night night : Night.all()) {
            Verdict verdict = night.result().verdict();
            Path file = directory.resolve(verdict.name() + ".json");
            Files.writeString(file, VerdictJson.text(night.result()));

            assertThat(VerdictJson.read(file))
                    .isEqualTo(new VerdictSummary(
                            verdict.name(), verdict.exitCode(), verdict.layers(), verdict.reasons(), scope(verdict)));
        }
    }

    @Test
    void a_file_of_another_schema_is_refused() throws IOException {
        Path file = Files.writeString(directory.resolve("v.json"), "{\"schema\": \"verdict/9\"}");
        assertThatThrownBy(() -> VerdictJson.read(file))
                .isInstanceOf(LockstepException.class)
                .hasMessage(file + ": 'schema' is 'verdict/9', expected 'verdict/1';"
                        + " make the file again with this version of Lockstep");
    }

    @Test
    void a_layer_that_does_not_exist_is_refused() throws IOException {
        Path file =
                Files.writeString(directory.resolve("v.json"), "{\"schema\": \"verdict/1\", \"layers\": [\"kernel\"]}");
        assertThatThrownBy(() -> VerdictJson.read(file))
                .isInstanceOf(LockstepException.class)
                .hasMessage(file + ": 'layers' names 'kernel', which is no layer");
    }

    @Test
    void the_first_layer_read_back_is_the_first_written() throws IOException {
        Path file = Files.writeString(
                directory.resolve("v.json"), VerdictJson.text(Night.lockBroken().result()));
        assertThat(VerdictJson.read(file).layers()).isEqualTo(List.of(Layer.TEMPLATE, Layer.LAUNCH));
    }

    private static Optional<Verdict.Scope> scope(Verdict verdict) {
        return verdict instanceof Verdict.Drift drift ? Optional.of(drift.scope()) : Optional.empty();
    }
}
