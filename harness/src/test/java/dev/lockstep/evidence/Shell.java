package dev.lockstep.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs of the machine, such as openssl, in a folder. */
final class Shell {
    private final Path folder;

    Shell(Path folder) {
        this.folder = folder;
    }

    record Result(int exitCode, String output) {}

    /** Returns what it prints on both streams. */
    Result run(List<String> words, Map<String, String> more) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(more);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), output);
    }

    String succeed(String... words) throws IOException, InterruptedException {
        Result result = run(List.of(words), Map.of());
        assertThat(result.exitCode()).as(result.toString()).isZero();
        return result.output();
    }
}
