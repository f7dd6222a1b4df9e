package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.document.Sha256;
import dev.lockstep.lock.LockFile;
import dev.lockstep.lock.TinyModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.cyclonedx.Version;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped model, locked from its folder and exported. */
final class LockExportCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @BeforeEach
    void lock() throws IOException {
        TinyModelFolder.copyTo(folder.resolve("model"));
        Files.writeString(folder.resolve("stack.yaml"), """
                schema: stack/1
                name: tiny
                engine: vllm
                model: tiny
                visibility: visible
                endpoint: {url: "http://127.0.0.1:1"}
                files: {weights: model}
                image: vllm/vllm-openai:v0.33.0
                """);
        assertThat(CommandRun.of("lock", "--offline", "--stack", folder.toString())
                        .exitCode())
                .isZero();
    }

    @Test
    void a_statement_is_about_all_files_of_the_model() throws IOException {
        JsonNode statement = JSON.readTree(export("in-toto").output());

        Path weights = folder.resolve("model/model.safetensors");
        assertThat(statement.path("subject").findValuesAsText("name"))
                .contains("config.json", "model.safetensors", "chat_template.jinja")
                .doesNotContain("README.md");
        assertThat(statement.path("subject").toString()).contains(Sha256.of(weights));
        assertThat(statement.path("predicate").path("lockId").asText())
                .isEqualTo(LockFile.read(folder.resolve("stack.lock.json")).id().value());
    }

    @Test
    void a_bill_of_materials_is_valid_and_the_same_each_time() throws IOException {
        String first = export("cyclonedx").output();

        assertThat(new JsonParser().validate(first, Version.VERSION_16)).isEmpty();
        assertThat(export("cyclonedx").output()).isEqualTo(first);
    }

    @Test
    void writes_a_file_and_says_so() throws IOException {
        Path file = folder.resolve("bom.json");

        CommandRun run = export("CycloneDX", "--out", file.toString());

        assertThat(run.output())
                .isEqualTo("wrote "
                        + LockFile.read(folder.resolve("stack.lock.json")).id() + " to " + file + "\n");
        assertThat(Files.readString(file)).isEqualTo(export("cyclonedx").output());
    }

    @Test
    void names_the_forms_when_it_is_given_another() {
        CommandRun run = CommandRun.of("lock", "export", "--format", "spdx", "--stack", folder.toString());

        assertThat(run.exitCode()).isEqualTo(64);
        assertThat(run.errors()).isEqualTo("""
                Invalid value for option '--format': expected in-toto or cyclonedx, but was 'spdx'
                for all options: scripts/lockstep lock export --help
                """);
    }

    @Test
    void says_that_there_is_no_lock() throws IOException {
        Path lock = folder.resolve("stack.lock.json");
        Files.delete(lock);

        CommandRun run = CommandRun.of("lock", "export", "--format", "in-toto", "--stack", folder.toString());

        assertThat(run.exitCode()).isEqualTo(64);
        assertThat(run.errors())
                .isEqualTo(lock + ": there is no lock; make one with `scripts/lockstep lock --stack " + folder
                        + "` while the stack is up\n");
    }

    private CommandRun export(String format, String... more) {
        String[] words = {"lock", "export", "--format", format, "--stack", folder.toString()};
        String[] all = Stream.concat(Arrays.stream(words), Arrays.stream(more)).toArray(String[]::new);
        CommandRun run = CommandRun.of(all);
        assertThat(run.errors()).isEmpty();
        assertThat(run.exitCode()).isZero();
        return run;
    }
}
