package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.client.Answer;
import dev.lockstep.client.AnswerReader;
import dev.lockstep.client.MessageShape;
import dev.lockstep.client.ModelClient;
import dev.lockstep.client.ModelClients;
import dev.lockstep.gate.Attribution;
import dev.lockstep.gate.Clue;
import dev.lockstep.gate.Sign;
import dev.lockstep.gate.Signs;
import dev.lockstep.lock.Layer;
import dev.lockstep.testing.GgufEdit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An incident of the wire, staged again; the others are in {@link IncidentRealStackTest}. */
@Tag("real")
final class IncidentWireRealStackTest {
    private static final EmbeddedStack EMBEDDED = new EmbeddedStack();

    @TempDir
    static Path folder;

    @AfterAll
    static void stop() {
        EMBEDDED.close();
    }

    /**
     * 11. vLLM 0.16 gave the thinking another name, {@code reasoning} in place of {@code reasoning_content}; clients that read the
     * one alone lost it without an error (vllm-project/vllm PR #33402, langchain4j/langchain4j#4796).
     *
     * <p>Kept: a server of the locked stack whose answers carry the thinking under the other name. Engine: llama.cpp behind a
     * proxy. The client's half is left out: Lockstep reads both names, and LangChain4j's typed client is no part of it.
     */
    @Test
    void incident_11_a_thinking_that_comes_under_another_name() throws IOException {
        Path place = Files.createDirectories(folder.resolve("thinking"));
        GgufEdit.of(Path.of("../baselines/tiny-qwen3-vl-thinking/model/tinyvl-F16.gguf"))
                .write(place.resolve(Deployment.MODEL));
        Deployment thinking = Deployment.of(EMBEDDED, place, "incidents-wire");
        LiveEndpoint direct = thinking.lock();
        try (RenamingProxy proxy = new RenamingProxy(direct.url(), "reasoning_content", "reasoning");
                ModelClient client =
                        ModelClients.open(thinking.config().endpoint().at(proxy.url()), Map.of())) {
            LiveEndpoint renamed = LiveEndpoint.of(proxy.url(), client, Clock.systemUTC());
            Verification now = thinking.verify(renamed);
            assertThat(now.broken()).isEmpty();

            String before = ask(direct);
            String after = ask(renamed);
            MessageShape then = MessageShape.of(before).orElseThrow();
            MessageShape here = MessageShape.of(after).orElseThrow();
            assertThat(here.isOfSameTokens(then)).isTrue();
            assertThat(here).isNotEqualTo(then);
            Signs signs = Signs.of(now.checks()).with(Clue.MESSAGE, Sign.DIFFERENT);
            Attribution found = Attribution.of(signs, now.checks(), EnumSet.allOf(Layer.class));
            assertThat(found.sentence())
                    .startsWith(
                            "points to: engine, launch (the same tokens became another message; rendered text, token ids, ");
            assertThat(reasoning(after)).isNotEmpty().isEqualTo(reasoning(before));
        }
    }

    private static String reasoning(String body) {
        return AnswerReader.read(body).map(Answer::reasoning).orElse("");
    }

    private static String ask(LiveEndpoint endpoint) {
        ObjectNode request = new ObjectMapper()
                .createObjectNode()
                .put("model", "tiny-qwen3-vl")
                .put("temperature", 0);
        request.put("max_tokens", 64).put("cache_prompt", false).put("seed", 1);
        request.put("logprobs", true).put("top_logprobs", 2);
        request.putArray("messages").addObject().put("role", "user").put("content", "What is the capital of France?");
        return new LiveJson(endpoint).exchange("/v1/chat/completions", request).body();
    }
}
