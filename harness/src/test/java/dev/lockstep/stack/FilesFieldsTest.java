package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.document.ProblemsException;
import dev.lockstep.lock.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How stack.yaml names what a model is made of. */
final class FilesFieldsTest {
    private static final Path BAD = Path.of("src/test/resources/bad/stack");

    @TempDir
    Path folder;

    @Test
    void reads_the_common_minimal_intent() throws IOException {
        StackConfig.Files files = files("""
                repo: Qwen/Qwen3-VL-8B-Instruct
                  revision: refs/pr/1
                  tokenizer_revision: v1
                  cache_dir: hub""");

        assertThat(files.origin())
                .contains(new ModelOrigin.Hub(
                        "Qwen/Qwen3-VL-8B-Instruct", "refs/pr/1", Optional.of("v1"), folder.resolve("hub")));
        assertThat(files.weights()).isEmpty();
    }

    @Test
    void a_repository_without_revision_is_its_main_branch() throws IOException {
        assertThat(files("{repo: gpt2, cache_dir: /models/hub}").origin())
                .contains(new ModelOrigin.Hub("gpt2", "main", Optional.empty(), Path.of("/models/hub")));
    }

    @Test
    void reads_a_model_of_ollama() throws IOException {
        assertThat(files("{ollama: {model: \"hf.co/org/repo:Q4_K_M\", store: /var/ollama}}")
                        .origin())
                .contains(new ModelOrigin.Ollama("hf.co/org/repo:Q4_K_M", Path.of("/var/ollama")));
    }

    @Test
    void reads_packages_beside_the_engine() throws IOException {
        assertThat(files("{packages: {folder: venv, names: [torch, transformers]}}")
                        .packages())
                .contains(new StackConfig.Packages(folder.resolve("venv"), List.of("torch", "transformers")));
    }

    @Test
    void an_image_is_the_operators_word_of_the_engine() throws IOException {
        String digest = "sha256:" + "0a".repeat(32);
        StackConfig config =
                read("image: \"vllm/vllm-openai:v0.33.0@" + digest + "\"\ndeclared: {engine: {tp: \"2\"}}");

        assertThat(config.declared())
                .containsExactly(Map.entry(
                        Layer.ENGINE,
                        new TreeMap<>(Map.of(
                                "image", TextNode.valueOf("vllm/vllm-openai:v0.33.0"),
                                "image.digest", TextNode.valueOf(digest),
                                "tp", TextNode.valueOf("2")))));
    }

    @Test
    void reports_all_mistakes_at_once() {
        assertRefused("files.yaml", """
                FILE:6:8: the stack: 'image' is 'vllm@latest'; expected name:tag@sha256: and 64 hex digits, such as vllm/vllm-openai:v0.33.0@sha256:…
                FILE:8:9: files: 'repo' is 'https://hub/Qwen/Qwen3-VL'; write organisation/name, as the hub does
                FILE:9:13: files: 'revision' is '../main'; write a branch, a tag or a commit
                FILE:10:14: files: 'cache_dir' is '~/.cache/huggingface/hub'; '~' means nothing here, write the whole path
                FILE:11:11: files.ollama needs 'store'; write the folder that OLLAMA_MODELS names
                FILE:11:11: files: 'repo' and 'ollama' both name the model; keep one
                FILE:11:19: files.ollama: 'model' is 'a/b/c/d:x'; expected [host/][namespace/]model[:tag]
                FILE:11:32: files.ollama: unknown field 'stor'; did you mean 'store'?
                FILE:12:14: files: 'adapters' needs a list of texts (in quotes), not 1
                FILE:13:36: files.packages: 'names' lists no package; write such as [transformers, tokenizers, torch]
                FILE:14:3: files: unknown field 'weight'; did you mean 'weights'?
                11 problems""");
    }

    @Test
    void a_revision_is_one_of_a_repository() {
        assertRefused("revision.yaml", """
                FILE:6:19: files: 'revision' needs 'repo', such as Qwen/Qwen3-VL-8B-Instruct; add it
                FILE:6:45: files: 'tokenizer_revision' needs 'repo', such as Qwen/Qwen3-VL-8B-Instruct; add it
                2 problems""");
    }

    @Test
    void a_launch_and_a_repository_are_two_models() {
        assertRefused("two-models.yaml", "FILE:6:15: files: 'repo' names a model, and so does 'launch'; keep one");
    }

    private void assertRefused(String name, String message) {
        Path file = BAD.resolve(name);
        assertThatThrownBy(() -> StackConfigReader.read(file))
                .isInstanceOf(ProblemsException.class)
                .hasMessage(message.replace("FILE", file.toString()));
    }

    private StackConfig.Files files(String fields) throws IOException {
        return read(fields.startsWith("{") ? "files: " + fields : "files:\n  " + fields)
                .files();
    }

    private StackConfig read(String more) throws IOException {
        Files.writeString(folder.resolve("stack.yaml"), """
                schema: stack/1
                name: tiny
                engine: vllm
                model: tiny
                endpoint: {url: "http://127.0.0.1:8000"}
                """ + more + "\n");
        return StackConfigReader.read(folder);
    }
}
