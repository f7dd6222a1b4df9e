package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that builds twice, in a checkout whose Maven fails: a build that fails is no build that differs. */
class ReproducibleJarsTest {
    @TempDir
    Path folder;

    @Test
    void shows_the_end_of_what_maven_says_when_the_build_fails() throws IOException, InterruptedException {
        FakeCheckout checkout = FakeCheckout.in(folder);
        checkout.letMavenFail("[INFO] Scanning\n[ERROR] Main.java:[3,1] no\n");
        git("init", "-q");
        git("add", ".");
        git("-c", "user.name=test", "-c", "user.email=test@example.org", "commit", "-q", "-m", "All");

        Wrapper wrapper = checkout.wrapper();
        Wrapper.Result result =
                new Wrapper(checkout.script().resolveSibling("reproducible-jars"), wrapper.environment()).run();

        assertThat(result.exitCode()).isEqualTo(70);
        assertThat(result.output()).isEmpty();
        assertThat(result.errors()).isEqualTo("""
                reproducible-jars: the build of the commit failed; the end of what Maven says:
                [INFO] Scanning
                [ERROR] Main.java:[3,1] no
                """);
        assertThat(checkout.builds()).isEqualTo(1);
    }

    private void git(String... words) throws IOException, InterruptedException {
        ProcessBuilder git = new ProcessBuilder("git");
        git.command().addAll(List.of(words));
        assertThat(git.directory(folder.toFile()).inheritIO().start().waitFor()).isZero();
    }
}
