package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.job.Invocation;
import dev.lockstep.lock.FlippedByte;
import dev.lockstep.lock.HubRows;
import dev.lockstep.lock.TinyModelFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LockMirrorCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path model;
    private Path list;

    @BeforeEach
    void copy() throws IOException {
        model = TinyModelFolder.copyTo(folder.resolve("model"));
        list = Files.writeString(folder.resolve("tree.json"), HubRows.of(model));
    }

    @Test
    void ends_well_when_the_copies_are_the_same() {
        assertThat(run(list.toString(), model.toString())).isZero();

        assertThat(out).hasToString("IN_SYNC: all files that an engine loads are the same\n");
    }

    @Test
    void names_the_files_of_the_classic_accident() throws IOException {
        FlippedByte.in(model.resolve("chat_template.jinja"), "assistan", 'x');
        Files.delete(model.resolve("generation_config.json"));
        Files.writeString(model.resolve("README.md"), "other\n");

        assertThat(run(list.toString(), model.toString())).isEqualTo(2);

        assertThat(out).hasToString("""
                note          README.md: differs
                configuration chat_template.jinja: differs
                configuration generation_config.json: missing in the second
                WEIGHTS_ONLY: the weights are the same, configuration, tokenizer or templates are not
                """);
    }

    @Test
    void prints_json_for_machines() throws IOException {
        FlippedByte.at(model.resolve("model.safetensors"), 100);

        assertThat(run("--json", list.toString(), model.toString())).isEqualTo(2);

        assertThat(out).hasToString("""
                {
                  "differences": [
                    {
                      "kind": "DIFFERS",
                      "part": "WEIGHTS",
                      "path": "model.safetensors"
                    }
                  ],
                  "state": "CONFIG_ONLY",
                  "why": ""
                }
                """);
    }

    @Test
    void tells_a_hub_that_does_not_answer() {
        assertThat(run(model.toString(), "http://127.0.0.1:1/api/models/tiny/vl/tree/main"))
                .isEqualTo(4);

        assertThat(out.toString())
                .startsWith("UNREACHABLE: http://127.0.0.1:1/api/models/tiny/vl/tree/main?recursive=true:"
                        + " gives no list (");
    }

    @Test
    void a_path_that_leads_nowhere_is_a_usage_error() {
        Path nowhere = folder.resolve("nowhere");

        assertThat(run(model.toString(), nowhere.toString())).isEqualTo(64);

        assertThat(err).hasToString(nowhere + ": there is no such file or folder; check the path\n");
    }

    private int run(String... arguments) {
        String[] words = new String[arguments.length + 2];
        words[0] = "lock";
        words[1] = "mirror";
        System.arraycopy(arguments, 0, words, 2, arguments.length);
        return Main.commandLine(new Invocation("scripts/lockstep"))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words);
    }
}
