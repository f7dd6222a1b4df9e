package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the scripts find a JDK among several, some of which do not start. */
final class FindJdkTest {
    @TempDir
    Path folder;

    private Path broken;

    @BeforeEach
    void writeBroken() throws IOException {
        broken = jdk("choice/broken", "echo 'cannot load libjvm.so' >&2; exit 1");
    }

    @Test
    void passes_over_one_that_does_not_start() throws IOException, InterruptedException {
        Path sound = jdk("jdks/25", "echo 'openjdk version \"25.0.1\" 2026-01-01' >&2");

        Wrapper.Result result = find();

        assertThat(result).isEqualTo(new Wrapper.Result(0, sound + "\n", ""));
    }

    @Test
    void says_what_to_install_when_none_starts() throws IOException, InterruptedException {
        assertThat(find())
                .isEqualTo(new Wrapper.Result(
                        69,
                        "",
                        "lockstep: no JDK 21 or newer was found; install one (for example temurin-25-jdk), or name its"
                                + " folder in LOCKSTEP_JAVA_HOME\n"));
    }

    private Wrapper.Result find() throws IOException, InterruptedException {
        String path = new SearchPath(folder.resolve("path")).without(List.of("java"));
        try {
            return new Wrapper(
                            Wrapper.scripts().resolve("find-jdk"),
                            Wrapper.ofCheckout().environment())
                    .with("PATH", path)
                    .with("LOCKSTEP_JAVA_HOME", broken.toString())
                    .with("JAVA_HOME", broken.toString())
                    .with("LOCKSTEP_JDK_FOLDERS", folder.resolve("jdks").toString())
                    .run();
        } finally {
            new SearchPath(folder.resolve("path")).release();
        }
    }

    private Path jdk(String name, String java) throws IOException {
        Path bin = Files.createDirectories(folder.resolve(name).resolve("bin"));
        for (String program : List.of("javac", "java")) {
            Path file = Files.writeString(bin.resolve(program), "#!/usr/bin/env bash\n" + java + "\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return folder.resolve(name);
    }
}
