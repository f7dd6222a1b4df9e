package dev.lockstep.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.baseline.StackFolder;
import dev.lockstep.document.FolderRemoval;
import dev.lockstep.lock.LockFile;
import dev.lockstep.lock.LockId;
import dev.lockstep.stack.StackConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** From one approved lock to the next, and back: the embedded stack, whose stack.yaml names other files by now. */
@Tag("real")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class RollbackRealStackTest {
    @TempDir
    static Path folder;

    private static final Wrapper WRAPPER = Wrapper.ofCheckout();
    private static TestedStack stack;
    private static Path yaml;
    private static Path model;
    private static LockId earlier;
    private static LockId later;

    @BeforeAll
    static void approveTwice() throws IOException, InterruptedException {
        Path shipped = TestedStack.shipped("tiny-qwen3-vl");
        Path home = Files.createDirectories(folder.resolve("stack"));
        model = Files.createDirectories(home.resolve("model")).resolve("tinyvl-F16.gguf");
        Files.copy(shipped.resolve("model/tinyvl-F16.gguf"), model);
        Files.copy(shipped.resolve("model/mmproj-tinyvl-F16.gguf"), model.resolveSibling("mmproj-tinyvl-F16.gguf"));
        yaml = home.resolve("stack.yaml");
        String first = Files.readString(shipped.resolve("stack.yaml")).replace("name: tiny", "name: rollback");
        Files.writeString(yaml, first);
        stack = new TestedStack(folder, StackConfigReader.read(yaml), SmallSuites.fingerprint(folder, 10));
        stack.baseline(2);
        earlier = LockFile.read(stack.folder().lock()).id();
        Files.writeString(yaml, first.replace("n_ctx: 4096", "n_ctx: 2048"));
        stack.close();
        stack = new TestedStack(folder, StackConfigReader.read(yaml), SmallSuites.fingerprint(folder, 10));
        stack.baseline(1);
        later = LockFile.read(stack.folder().lock()).id();
        stack.down();
        assertThat(later).isNotEqualTo(earlier);
    }

    @AfterAll
    static void stop() throws IOException {
        stack.close();
    }

    @Test
    @Order(1)
    void finds_the_earlier_bundle_ready_while_another_is_in_force() throws IOException, InterruptedException {
        Wrapper.Result check = rollback("check", earlier);

        assertThat(check.exitCode()).as(check.toString()).isZero();
        assertThat(check.output().lines().map(line -> line.substring(0, 22).strip()))
                .containsExactly(
                        "READY       lock",
                        "READY       stack.yaml",
                        "READY       files",
                        "-           image",
                        "READY       engine",
                        "READY       launch",
                        "READY       probes",
                        "READY       answers",
                        "READY       baseline",
                        "READY: " + earlier.value().substring(0, 15));
    }

    @Test
    @Order(2)
    void moves_an_alias_in_one_line() throws IOException, InterruptedException {
        StackFolder store = stack.folder();
        Files.writeString(store.aliases(), "# served\nprod: " + later + "  # new\nlast-good: " + earlier + "\n");

        Wrapper.Result to = rollback("to", "last-good", "--alias", "prod", "--no-start");

        assertThat(to.exitCode()).as(to.toString()).isZero();
        assertThat(to.output()).endsWith("""
                @@ -2 +2 @@
                -prod: %s  # new
                +prod: %s  # new
                moved; commit it, for a repository remembers who moved it: git add %s
                """.formatted(later, earlier, store.aliases()));
        assertThat(store.aliases()).hasContent("# served\nprod: " + earlier + "  # new\nlast-good: " + earlier + "\n");
    }

    @Test
    @Order(3)
    void starts_the_earlier_bundle_from_a_kept_wheel_when_its_engine_is_gone()
            throws IOException, InterruptedException {
        Path home = TestHome.withoutEnginesIn(folder);
        assertThat(WRAPPER.run("stack", "up", yaml, "--name", "kept", "--home", home)
                        .exitCode())
                .isZero();
        assertThat(WRAPPER.run("stack", "down", "kept", "--home", home).exitCode())
                .isZero();
        FolderRemoval.remove(home.resolve("engines"));

        Wrapper.Result check = WRAPPER.with("PIP_NO_INDEX", "1")
                .run(
                        "rollback",
                        "check",
                        earlier,
                        "--home",
                        home,
                        "--stack",
                        yaml,
                        "--store",
                        stack.folder().path());
        FolderRemoval.remove(home.resolve("engines"));
        TestHome.release(home);

        assertThat(check.output())
                .containsPattern(
                        "READY       engine     \\S+/wheels/xllamacpp-2026\\.10\\.11549/\\S+\\.whl"
                                + " \\(sha256:[0-9a-f]{64}\\) holds xllamacpp 2026\\.10\\.11549, byte by byte; a start installs it\n")
                .contains("READY       launch     started on a port of its own, and ended again\n")
                .contains("READY       probes     what starts is the locked stack: ");
    }

    @Test
    @Order(4)
    void names_the_layer_of_one_byte_that_changed_in_the_earlier_files() throws IOException, InterruptedException {
        String bytes = new String(Files.readAllBytes(model), ISO_8859_1);
        Files.write(
                model,
                bytes.replace("# Tools\\n\\nYou may", "# TOOLS\\n\\nYou may").getBytes(ISO_8859_1));

        Wrapper.Result check = rollback("check", "last-good");

        assertThat(check.exitCode()).as(check.toString()).isEqualTo(2);
        assertThat(check.output())
                .containsPattern(
                        "IMPOSSIBLE  files      template model\\.tokenizer\\.chat_template: locked \\S+, found \\S+")
                .containsPattern("IMPOSSIBLE  probes     what starts is not the locked stack: template ")
                .contains("IMPOSSIBLE (files, probes): " + earlier);
    }

    @Test
    @Order(5)
    void moves_to_no_bundle_that_is_gone_unless_forced() throws IOException, InterruptedException {
        Files.delete(model);
        StackFolder store = stack.folder();
        Files.writeString(store.aliases(), "prod: " + later + "\n");

        Wrapper.Result refused = rollback("to", earlier, "--no-start");

        assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(2);
        assertThat(refused.output())
                .endsWith("nothing was written; mend what is IMPOSSIBLE, or move 'prod' all the same with --force\n");
        assertThat(store.aliases()).hasContent("prod: " + later + "\n");
        assertThat(rollback("to", earlier, "--no-start", "--force").exitCode()).isZero();
        assertThat(store.aliases()).hasContent("prod: " + earlier + "\n");
    }

    private static Wrapper.Result rollback(String what, Object... more) throws IOException, InterruptedException {
        Object[] words = new Object[8 + more.length];
        System.arraycopy(
                new Object[] {
                    "rollback",
                    what,
                    "--home",
                    stack.home(),
                    "--stack",
                    yaml,
                    "--store",
                    stack.folder().path()
                },
                0,
                words,
                0,
                8);
        System.arraycopy(more, 0, words, 8, more.length);
        return WRAPPER.run(words);
    }
}
