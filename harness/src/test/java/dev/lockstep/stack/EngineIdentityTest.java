package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EngineIdentityTest {
    @TempDir
    Path folder;

    @Test
    void an_engine_that_is_not_installed_is_a_missing_part() throws Exception {
        Path environment = folder.resolve("xllamacpp-1");
        assertMissing(environment);
        Files.createDirectories(environment.resolve("lib"));
        assertMissing(environment);
    }

    private static void assertMissing(Path environment) {
        assertThatThrownBy(() -> EngineIdentity.ofEnvironment(environment, "xllamacpp"))
                .isInstanceOfSatisfying(
                        LockstepException.class,
                        error -> assertThat(error.kind()).isEqualTo(ErrorKind.PREREQUISITE))
                .hasMessage(environment + ": there is no xllamacpp here, so the engine cannot be locked; run"
                        + " `lockstep stack up` first");
    }
}
