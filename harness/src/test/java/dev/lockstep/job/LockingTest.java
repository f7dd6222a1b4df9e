package dev.lockstep.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.baseline.StackFolder;
import dev.lockstep.document.CanonicalJson;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.document.Sha256;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.LockFile;
import dev.lockstep.stack.LogprobsFile;
import dev.lockstep.stack.Probes;
import dev.lockstep.testing.ServedStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LockingTest {
    @TempDir
    Path folder;

    private ServedStack stack;
    private StackFolder files;

    @BeforeEach
    void serve() {
        stack = new ServedStack(folder);
        files = new StackFolder(folder);
    }

    @AfterEach
    void stop() {
        stack.close();
    }

    @Test
    void keeps_the_lock_and_the_probes_under_its_id() {
        Lock lock = stack.visible().lock();

        assertThat(LockFile.read(files.lock())).isEqualTo(lock);
        Probes probes = Probes.read(files.probes(lock.id()));
        assertThat(probes.rendered().values())
                .hasSize(11)
                .allSatisfy(rendered -> assertThat(rendered.text()).isEqualTo(Sha256.of("Hello")))
                .allSatisfy(rendered -> assertThat(rendered.count()).isEqualTo(3));
        assertThat(probes.sampling()).hasToString("{top_k=20}");
        assertThat(new LogprobsFile(files.logprobs(lock.id())).read(lock.id()).why())
                .isEqualTo("the engine tells no log-probabilities, although it was asked for them");
    }

    @Test
    void makes_the_same_id_from_the_files_alone() {
        Lock offline = Locking.lockOffline(stack.visible().request("unused"), stack.workplace());

        assertThat(LockFile.read(files.lock())).isEqualTo(offline);
        assertThat(files.probes(offline.id())).doesNotExist();
        assertThat(stack.server().looks()).isZero();
        assertThat(stack.lock().id()).isEqualTo(offline.id());
    }

    @Test
    void keeps_the_texts_of_templates_for_people_who_compare_locks() throws IOException {
        Path model = Path.of("../baselines/tiny-qwen3-vl/model/tinyvl-F16.gguf").toAbsolutePath();
        stack.describe("""
                engine: llama.cpp
                endpoint: {url: "http://192.0.2.1:8000"}
                files: {weights: %s}
                """.formatted(model));

        Lock lock = Locking.lockOffline(stack.request("unused"), stack.workplace());

        try (Stream<Path> texts = Files.list(files.templates())) {
            String text = Files.readString(texts.findFirst().orElseThrow());
            assertThat(lock.layer(Layer.TEMPLATE).pinned())
                    .containsEntry(
                            "model.tokenizer.chat_template",
                            TextNode.valueOf("sha256:" + CanonicalJson.sha256(TextNode.valueOf(text))));
        }
    }

    @Test
    void keeps_what_the_server_answered_beside_the_lock() throws IOException {
        Path captures = files.captures(stack.visible().lock().id());

        assertThat(contents(captures))
                .isEqualTo(Map.of(
                        "lora-adapters.json", "[]\n",
                        "props.json", "{\n  \"media_marker\": \"${random}\"\n}\n",
                        "v1_models.json", """
                                {
                                  "data": [
                                    {
                                      "id": "tiny",
                                      "object": "model"
                                    }
                                  ],
                                  "object": "list"
                                }
                                """));
    }

    @Test
    void another_start_of_the_same_server_changes_neither_lock_nor_captures() throws IOException {
        Lock first = stack.visible().lock();
        Map<String, String> captured = contents(files.captures(first.id()));
        stack.server().restart("start-2");

        assertThat(stack.lock()).isEqualTo(first);
        assertThat(contents(files.captures(first.id()))).isEqualTo(captured);
    }

    private static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return contents;
    }

    @Test
    void writes_nothing_when_nothing_answers() {
        stack.server().close();

        assertThatThrownBy(stack::lock)
                .isInstanceOfSatisfying(
                        LockstepException.class,
                        error -> assertThat(error.kind()).isEqualTo(ErrorKind.ENDPOINT))
                .hasMessage(stack.server().url() + "/v1/models: does not answer (no connection); start the"
                        + " stack; if it serves elsewhere now, name the address: --url, in tests lockstep.url, for good"
                        + " endpoint.url");

        assertThat(files.lock()).doesNotExist();
    }

    @Test
    void leaves_the_old_lock_alone_when_the_server_fails_on_the_way() {
        Lock old = stack.visible().lock();
        stack.describe("""
                engine: llama.cpp
                endpoint: {url: "http://192.0.2.1:8000", proxy: "127.0.0.1:%d", retries: 0, timeout_s: 10}
                files: {weights: empty.gguf}
                declared: {provenance: "tiny@2"}
                """.formatted(stack.server().port()));
        stack.server().before("/apply-template", () -> stack.server().forbidLooks());

        assertThatThrownBy(stack::lock)
                .isInstanceOf(LockstepException.class)
                .hasMessage(
                        "http://192.0.2.1:8000/v1/models: refuses the credentials (HTTP 401); set endpoint.token_file"
                                + " or endpoint.token_env");

        assertThat(LockFile.read(files.lock())).isEqualTo(old);
    }

    @Test
    void writes_nothing_of_a_server_that_was_restarted_meanwhile() {
        stack.visible().server().before("/apply-template", () -> stack.server().restart("start-2"));

        assertThatThrownBy(stack::lock)
                .isInstanceOf(LockstepException.class)
                .hasMessageMatching("the server was restarted while it was locked \\(epoch marker:\\p{XDigit}{16}, then"
                        + " marker:\\p{XDigit}{16}\\); nothing was written\\. Start the same command again");

        assertThat(files.lock()).doesNotExist();
    }
}
