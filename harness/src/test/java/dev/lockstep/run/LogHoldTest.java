package dev.lockstep.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogHoldTest {
    @TempDir
    private Path folder;

    @Test
    void has_one_writer_at_a_time() throws IOException {
        Path log = folder.resolve("run.jsonl");

        try (LogHold first = LogHold.of(log).orElseThrow()) {
            assertThat(first).isNotNull();
            assertThat(LogHold.of(log)).isEmpty();
            assertThat(LogHold.of(folder.resolve("other").resolve("..").resolve("run.jsonl")))
                    .isEmpty();
        }
        try (LogHold second = LogHold.of(log).orElseThrow()) {
            assertThat(second).isNotNull();
        }
    }
}
