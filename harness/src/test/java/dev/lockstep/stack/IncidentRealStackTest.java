package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.client.ModelClient;
import dev.lockstep.client.ModelClients;
import dev.lockstep.gate.Attribution;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.Layer;
import dev.lockstep.testing.GgufEdit;
import dev.lockstep.testing.TinyGguf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Incidents that happened to others, staged again on a real server: the same mechanism on llama.cpp with the tiny model, found by
 * the verification, and put into the layer that moved. The table is in {@code docs/incidents.md}; those of which files tell enough
 * are in {@link IncidentFilesTest}, those of merged weights and of the wire in {@link IncidentMergeRealStackTest} and
 * {@link IncidentWireRealStackTest}.
 */
@Tag("real")
final class IncidentRealStackTest {
    private static final EmbeddedStack EMBEDDED = new EmbeddedStack();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REASONING = "/choices/0/message/reasoning_content";

    @TempDir
    static Path folder;

    private static Deployment deployment;

    @BeforeAll
    static void lock() throws IOException {
        deployment = Deployment.tiny(EMBEDDED, folder.resolve("tiny"), "incidents");
        deployment.lock();
    }

    @AfterAll
    static void stop() {
        EMBEDDED.close();
    }

    /**
     * 1. Kimi-K2: with the same weights, 218 of more than 1200 tool calls succeeded before and 971 after its template was
     * mended; the prompts had lacked the header of the answer (vLLM blog, "Chasing 100% Accuracy", 2025-10-28).
     *
     * <p>Kept: a template without the generation header where there are tools. Engine: llama.cpp in place of vLLM.
     */
    @Test
    void incident_1_a_template_that_loses_the_header_after_tools() throws IOException {
        Verification now = deployment.with(
                Deployment.MODEL,
                file -> GgufEdit.of(file)
                        .template("{%- if add_generation_prompt %}", "{%- if add_generation_prompt and not tools %}")
                        .write(file));

        assertThat(now.broken()).containsExactly(Layer.TEMPLATE);
        assertThat(attributed(now)).startsWith("points to: template (the rendered text differs; ");
        assertThat(now.isProven(Layer.WEIGHTS)).isTrue();
        assertThat(rendered(now)).containsExactly("tool-calls-without-content", "tool-history", "tools-offered");
    }

    /**
     * 4. Llama-3.x: the publisher corrected the template, packages made before went on with the old one
     * (huggingface/transformers#30893, unslothai/unsloth#880, ollama/ollama#6310).
     *
     * <p>Kept: a package with an older template over the same tensors. Engine: llama.cpp. How the copies compare file by file is
     * in {@link IncidentFilesTest}.
     */
    @Test
    void incident_4_a_package_with_an_older_template_over_the_same_weights() throws IOException {
        Verification now = deployment.with(
                Deployment.MODEL,
                file -> GgufEdit.of(file)
                        .template("{{- tool | tojson }}", "{{- tool.function | tojson }}")
                        .write(file));

        assertThat(now.broken()).containsExactly(Layer.TEMPLATE);
        assertThat(attributed(now)).startsWith("points to: template (the rendered text differs; ");
        assertThat(now.isProven(Layer.WEIGHTS)).isTrue();
        assertThat(now.isProven(Layer.TOKENIZER)).isTrue();
    }

    /**
     * 8. vLLM 0.8 began to take the sampling settings of {@code generation_config.json} where requests set none; with
     * Qwen2-1.5B, which asks for a repetition penalty of 1.1, scores fell (vllm-project/vllm PR #12622, #15622).
     *
     * <p>Kept: the same files, whose settings one start honours and another does not. Engine: llama.cpp, whose parameter
     * {@code user_sampling_config} says which settings the operator has set, so that those of the file do not count.
     */
    @Test
    void incident_8_the_same_files_with_their_sampling_settings_honoured_or_not() {
        LiveEndpoint endpoint =
                deployment.start(LaunchOverrides.none().with("sampling.user_sampling_config", IntNode.valueOf(4095)));

        List<Check> probed = new ProbeChecks(deployment.config().policies())
                .run(Optional.of(deployment.probes()), Probes.take(deployment.config(), endpoint));
        Verification bySampling = new Verification(probed, Set.of());
        assertThat(bySampling.broken()).containsExactly(Layer.GENERATION_DEFAULTS);
        assertThat(bySampling.breaking(Layer.GENERATION_DEFAULTS))
                .extracting(Check::field)
                .containsExactly("repeat_penalty", "top_k");
        assertThat(attributed(bySampling))
                .startsWith("points to: generationDefaults, engine, launch (the sampling that takes effect differs; ");

        Verification now = deployment.verify(endpoint);
        assertThat(now.broken()).containsExactly(Layer.LAUNCH, Layer.GENERATION_DEFAULTS);
        assertThat(attributed(now)).startsWith("points to: launch (the sampling that takes effect differs; ");
        assertThat(now.checks())
                .filteredOn(check -> check.step() == Check.Step.DISK)
                .isNotEmpty()
                .allMatch(check -> check.outcome() == Check.Outcome.MATCH);
    }

    /**
     * 9. Limits of the picture size that moved or were ignored in silence (huggingface/transformers PR #39591, #41955,
     * QwenLM/Qwen3-VL#1052).
     *
     * <p>Kept: another limit in the settings of the image processor, and the other number of tokens that a picture then takes.
     * Engine: llama.cpp, whose processor is set by the metadata of the projector.
     */
    @Test
    void incident_9_other_limits_of_the_picture_size_take_other_numbers_of_tokens() throws IOException {
        Verification now = deployment.with(
                Deployment.PROJECTOR,
                file -> GgufEdit.of(file)
                        .number("clip.vision.image_min_pixels", 128 * 32 * 32)
                        .number("clip.vision.image_max_pixels", 256 * 32 * 32)
                        .write(file));

        assertThat(now.broken()).containsExactly(Layer.PROCESSOR);
        assertThat(attributed(now))
                .startsWith("points to: processor (prompts with images or videos have another number of tokens; ");
        assertThat(now.breaking(Layer.PROCESSOR))
                .filteredOn(check -> check.step() == Check.Step.LIVE)
                .extracting(Check::field, Check::values)
                .containsExactly(tuple(
                        "pictureTokens",
                        "locked {\"320x256\":71,\"640x480\":291}, found {\"320x256\":-1,\"640x480\":90}"));
    }

    /**
     * 18. TensorRT-LLM took a JSON schema, answered with HTTP 200, and did not hold answers to it (NVIDIA/TensorRT#4855).
     *
     * <p>Kept: a server that drops the schema without a word. Engine: llama.cpp behind a proxy. The files are the locked ones,
     * and so are the prompts: it is no fault of the model.
     */
    @Test
    void incident_18_a_schema_that_is_accepted_and_ignored() {
        LiveEndpoint direct = deployment.restart();
        try (DroppingProxy proxy = new DroppingProxy(direct.url(), "response_format");
                ModelClient client =
                        ModelClients.open(deployment.config().endpoint().at(proxy.url()), Map.of())) {
            Verification now = deployment.verify(LiveEndpoint.of(proxy.url(), client, Clock.systemUTC()));

            assertThat(now.broken()).containsExactly(Layer.ENGINE);
            assertThat(attributed(now)).startsWith("points to: engine (a JSON schema binds answers otherwise; ");
            assertThat(now.breaking(Layer.ENGINE))
                    .extracting(Check::field, Check::values)
                    .containsExactly(tuple("jsonSchema", "locked enforced, found ignored"));
        }
    }

    /**
     * 2. DeepSeek-R1's template began to open the thinking itself; the parser then returned no {@code reasoning_content}
     * (deepseek-ai/DeepSeek-R1#350, vllm-project/vllm#13125).
     *
     * <p>Kept: a thinking model whose template gained {@code <think>} and a newline after the header. Engine: llama.cpp, whose
     * parser reads the template: the answer keeps its form, and the prompts alone tell.
     */
    @Test
    void incident_2_a_template_that_opens_the_thinking_itself() throws IOException {
        Path place = Files.createDirectories(folder.resolve("thinking"));
        GgufEdit.of(Path.of("../baselines/tiny-qwen3-vl-thinking/model/tinyvl-F16.gguf"))
                .write(place.resolve(Deployment.MODEL));
        Deployment thinking = Deployment.of(EMBEDDED, place, "incidents-thinking");
        JsonNode reasoning =
                ask(thinking.lock(), question("What is the capital of France?")).at(REASONING);
        assertThat(reasoning.asText()).isNotEmpty();

        Verification now = thinking.with(
                Deployment.MODEL,
                file -> GgufEdit.of(file)
                        .template("{{- '<|im_start|>assistant\\n' }}", "{{- '<|im_start|>assistant\\n<think>\\n' }}")
                        .write(file));

        assertThat(now.broken()).containsExactly(Layer.TEMPLATE);
        assertThat(attributed(now)).startsWith("points to: template (the rendered text differs; ");
        assertThat(now.isProven(Layer.WEIGHTS)).isTrue();
        LiveEndpoint endpoint = EMBEDDED.endpoint(
                thinking.config(), EMBEDDED.stacks().find("incidents-thinking").orElseThrow());
        assertThat(ask(endpoint, question("What is the capital of France?")).at(REASONING))
                .isEqualTo(reasoning);
        Probes live = Probes.take(thinking.config(), endpoint);
        assertThat(counts(live, 0)).isEqualTo(counts(thinking.probes(), 2));
    }

    /**
     * 3. Llama-3-Instruct was published with {@code <|end_of_text|>} as its only end, though it ends its turns with
     * {@code <|eot_id|>}: answers ran on to the limit (vllm-project/vllm#4180, PR #4182).
     *
     * <p>Kept: metadata that name another end than the one that the model writes. Engine: llama.cpp, which knows many ends by
     * their names; so the token has a name of its own here, as it was with Llama 3 at first. Its end stands in the tokenizer.
     */
    @Test
    void incident_3_an_end_that_the_metadata_do_not_name() throws IOException {
        Path place = Files.createDirectories(folder.resolve("ends"));
        TinyGguf.sampling(GgufEdit.of(TinyGguf.model()))
                .item("tokenizer.ggml.tokens", "<|im_end|>", "<|my_turn_is_over|>")
                .template("<|im_end|>", "<|my_turn_is_over|>")
                .write(place.resolve(Deployment.MODEL));
        Deployment ends = Deployment.of(EMBEDDED, place, "incidents-ends");
        assertThat(finishReasons(ends.lock())).containsOnly("stop");

        Verification now = ends.with(
                Deployment.MODEL,
                file -> GgufEdit.of(file)
                        .number("tokenizer.ggml.eos_token_id", 1004)
                        .write(file));

        assertThat(now.broken()).containsExactly(Layer.TOKENIZER);
        assertThat(attributed(now)).startsWith("points to: tokenizer (tokens or log-probabilities differ; ");
        assertThat(now.breaking(Layer.TOKENIZER))
                .extracting(Check::field)
                .contains("model.tokenizer.ggml.eos_token_id", "eosToken");
        assertThat(finishReasons(EMBEDDED.endpoint(
                        ends.config(), EMBEDDED.stacks().find("incidents-ends").orElseThrow())))
                .containsOnly("length");
    }

    /** Returns what the verification blames, in words. */
    private static String attributed(Verification now) {
        return Attribution.of(now.checks()).orElseThrow().sentence();
    }

    /** Returns the conversations whose text is another. */
    private static Set<String> rendered(Verification verification) {
        return verification.checks().stream()
                .filter(check -> check.step() == Check.Step.RENDER && check.breaksLock())
                .map(check -> check.field().substring(0, check.field().lastIndexOf('.')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns how many tokens each conversation has, and so many more. */
    private static SortedMap<String, Integer> counts(Probes probes, int more) {
        SortedMap<String, Integer> counts = new TreeMap<>();
        probes.rendered().forEach((name, rendered) -> counts.put(name, rendered.count() + more));
        return counts;
    }

    private static Set<String> finishReasons(LiveEndpoint endpoint) {
        Set<String> reasons = new TreeSet<>();
        for (String prompt : List.of("What is the capital of France?", "What is 3 plus 4?", "Say hello.")) {
            reasons.add(ask(endpoint, question(prompt))
                    .at("/choices/0/finish_reason")
                    .asText());
        }
        return reasons;
    }

    private static ObjectNode question(String prompt) {
        ObjectNode request =
                JSON.createObjectNode().put("model", "tiny-qwen3-vl").put("temperature", 0);
        request.put("max_tokens", 64).put("cache_prompt", false).put("seed", 1);
        request.putArray("messages").addObject().put("role", "user").put("content", prompt);
        return request;
    }

    private static JsonNode ask(LiveEndpoint endpoint, ObjectNode request) {
        return new LiveJson(endpoint).post("/v1/chat/completions", request);
    }
}
