package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Lock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FetchedModelTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "llama-server -hf org/model, -hf",
        "llama-server --hf-repo=org/model --port 1, --hf-repo",
        "llama-server -m m.gguf -hfd org/draft, -hfd",
        "llama-server --model-url https://host/m.gguf, --model-url"
    })
    void is_seen_by_its_flag(String words, String how) {
        assertThat(FetchedModel.in(Map.of("argv", argv(words)))).contains(new FetchedModel(how));
        assertThat(FetchedModel.in(Map.of("command", argv(words + " --offline"))))
                .isEmpty();
    }

    @Test
    void is_seen_by_its_variable() {
        Map<String, JsonNode> launch = new TreeMap<>();
        launch.put("argv", argv("llama-server"));
        launch.put("env.LLAMA_ARG_HF_REPO", TextNode.valueOf("org/model"));

        assertThat(FetchedModel.in(launch)).contains(new FetchedModel("LLAMA_ARG_HF_REPO"));
        launch.put("env.LLAMA_ARG_OFFLINE", TextNode.valueOf("true"));
        assertThat(FetchedModel.in(launch)).isEmpty();
    }

    @Test
    void is_no_file_by_its_path() {
        assertThat(FetchedModel.in(Map.of("argv", argv("llama-server -m models/-hf.gguf"))))
                .isEmpty();
        assertThat(FetchedModel.in(Map.of())).isEmpty();
    }

    @Test
    void is_told_of_a_lock_that_holds_it() throws IOException {
        StackConfig config = StackConfigReader.read(Files.writeString(folder.resolve("stack.yaml"), """
                schema: stack/1
                name: own
                engine: llama.cpp
                model: tiny
                endpoint: {url: "http://127.0.0.1:1"}
                launch: {command: "llama-server -hf org/model"}
                """));
        Lock lock = LockMaker.lock(
                config, Proof.ofForeign(config.files(), Optional.empty(), new ModelLayers()), new LayerFacts());

        assertThat(new StaticChecks(lock, config).run())
                .filteredOn(check -> check.outcome() == Check.Outcome.MISMATCH)
                .extracting(Check::layer, Check::field, Check::policy, Check::actual)
                .containsExactly(tuple(Layer.LAUNCH, "model.fetched", Check.Policy.WARN, "-hf"));
    }

    private static ArrayNode argv(String words) {
        ArrayNode argv = JsonNodeFactory.instance.arrayNode();
        for (String word : words.split(" ", -1)) {
            argv.add(word);
        }
        return argv;
    }
}
