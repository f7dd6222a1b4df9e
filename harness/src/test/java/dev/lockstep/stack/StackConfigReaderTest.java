package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.client.Credential;
import dev.lockstep.document.ProblemsException;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.FieldPolicy;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Policies;
import dev.lockstep.lock.ShippedPolicies;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StackConfigReaderTest {
    private static final Path BAD = Path.of("src/test/resources/bad/stack");

    @TempDir
    Path folder;

    @Test
    void reads_a_managed_stack_with_paths_from_its_folder() throws IOException {
        StackConfig config = read("""
                schema: stack/1
                name: tiny-qwen3-vl
                engine: llama.cpp
                model: tiny-qwen3-vl
                endpoint: {url: managed}
                request: {cache_prompt: false}
                launch:
                  package: xllamacpp
                  version: 2026.10.11549
                  params:
                    model.path: model/x.gguf
                    mmproj.path: model/mmproj.gguf
                    n_ctx: 4096
                    lora_adapters: [{path: model/a.gguf, scale: 0.5}]
                policies: {hardware: ignore}
                floor: [weights, template]
                """);

        assertThat(config.endpoint().managed()).isTrue();
        assertThat(config.visibility()).isEqualTo(StackConfig.Visibility.VISIBLE);
        assertThat(config.files().weights()).contains(folder.resolve("model/x.gguf"));
        assertThat(config.files().projector()).contains(folder.resolve("model/mmproj.gguf"));
        assertThat(config.files().adapters())
                .containsExactly(new StackConfig.Adapter(folder.resolve("model/a.gguf"), 0.5));
        assertThat(config.launch().orElseThrow().params())
                .containsEntry("n_ctx", IntNode.valueOf(4096))
                .containsEntry(
                        "model.path",
                        TextNode.valueOf(folder.resolve("model/x.gguf").toString()));
        assertThat(config.request()).hasToString("{\"cache_prompt\":false}");
        assertThat(config.policies().of(Layer.HARDWARE)).isEqualTo(Check.Policy.IGNORE);
        assertThat(config.floor()).contains(Set.of(Layer.WEIGHTS, Layer.TEMPLATE));
    }

    @Test
    void reads_an_opaque_stack_behind_a_gateway() throws IOException {
        StackConfig config = read("""
                schema: stack/1
                name: hosted
                engine: openai
                model: qwen3-vl
                visibility: opaque
                endpoint: {url: "https://gateway.example/team", token_file: token.txt, headers: {X-Team: blue}, proxy: "proxy:3128", concurrency: 8, timeout_s: 5, retries: 0}
                declared: {weights: "qwen3-vl@abc", engine: {version: "0.33"}}
                """);

        assertThat(config.endpoint().url()).contains(URI.create("https://gateway.example/team"));
        assertThat(config.endpoint().settings().credential())
                .isEqualTo(new Credential.TokenFile(folder.resolve("token.txt")));
        assertThat(config.endpoint().settings().timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.endpoint().settings().concurrency()).isEqualTo(8);
        assertThat(config.endpoint().settings().headers().get("X-Team")).hasToString("***");
        assertThat(config.declared())
                .containsEntry(Layer.WEIGHTS, new TreeMap<>(Map.of("value", TextNode.valueOf("qwen3-vl@abc"))))
                .containsEntry(Layer.ENGINE, new TreeMap<>(Map.of("version", TextNode.valueOf("0.33"))));
        assertThat(config.floor()).isEmpty();
    }

    @Test
    void reports_all_mistakes_at_once() {
        assertThatThrownBy(() -> StackConfigReader.read(BAD.resolve("many-mistakes.yaml")))
                .isInstanceOf(ProblemsException.class)
                .hasMessage(
                        """
                        FILE:1:1: the stack needs 'model'; write the name that requests carry
                        FILE:1:9: the stack: 'schema' is 'stack/2'; this version reads stack/1
                        FILE:2:7: the stack: 'name' is 'Tiny Qwen'; use a-z, 0-9, '.', '_' and '-', such as qwen3-vl-8b
                        FILE:3:9: the stack: 'engine' is 'lama.cpp'; expected one of llama.cpp, ollama, openai, vllm
                        FILE:4:13: the stack: 'visibility' is 'half'; expected one of opaque, visible
                        FILE:5:17: endpoint: 'url' is 'managed', but there is no 'launch'; add one, or write the server's root
                        FILE:5:56: endpoint: 'token_file' and 'token_env' both name the token; keep one
                        FILE:5:76: endpoint: 'concurrency' needs a whole number from 1 to 1024, not 0
                        FILE:5:86: endpoint: 'proxy' is 'somewhere'; expected host:port
                        FILE:5:97: endpoint: unknown field 'retry'; known fields: ca_file, concurrency, headers, proxy, replicas, retries, router, timeout_s, token_env, token_file, url
                        FILE:6:12: declared: unknown layer 'wieghts'; did you mean 'weights'?
                        FILE:7:22: policies: 'hardware' is 'maybe'; expected pin, warn, ignore or {oneOf: [values]}
                        FILE:8:8: floor: unknown layer 'templates'; did you mean 'template'?
                        FILE:9:1: the stack: unknown field 'colour'; known fields: declared, derivation, endpoint, engine, evidence, files, floor, hardware, image, launch, model, name, policies, request, schema, visibility
                        14 problems""".replace("FILE", BAD.resolve("many-mistakes.yaml").toString()));
    }

    @Test
    void rejects_a_launch_without_model_and_a_url_with_version() {
        assertThatThrownBy(() -> StackConfigReader.read(BAD.resolve("launch.yaml")))
                .isInstanceOf(ProblemsException.class)
                .hasMessage("""
                        FILE:5:17: endpoint: 'url' is 'http://127.0.0.1:8080/v1'; expected http(s)://host:port without /v1, or 'managed'
                        FILE:6:9: launch needs 'version'; write the engine's version, such as 2026.10.11549
                        FILE:6:38: launch: 'params' needs 'model.path'; name the GGUF file to serve
                        3 problems""".replace("FILE", BAD.resolve("launch.yaml").toString()));
    }

    @Test
    void leaves_to_the_suites_what_is_asked_and_how_it_is_sampled() {
        assertThatThrownBy(() -> StackConfigReader.read(BAD.resolve("request.yaml")))
                .isInstanceOf(ProblemsException.class)
                .hasMessage("""
                        FILE:10:10: request: 'model' is set by Lockstep for each request; name it in 'model' of stack.yaml
                        FILE:11:9: request: 'seed' is set by Lockstep for each request; write it in a suite, under 'seeds'
                        FILE:12:16: request: 'temperature' decides how a suite samples; write it there, under 'sampling'
                        FILE:14:5: request: 'stop' decides how a suite samples; write it there, under 'sampling'
                        4 problems""".replace("FILE", BAD.resolve("request.yaml").toString()));
    }

    @Test
    void sends_what_an_engine_needs_with_every_request() throws IOException {
        StackConfig config = read("""
                schema: stack/1
                name: tiny
                engine: llama.cpp
                model: tiny
                endpoint: {url: "http://127.0.0.1:8080"}
                request: {cache_prompt: false, chat_template_kwargs: {enable_thinking: false}, id_slot: 0}
                """);

        assertThat(config.request())
                .hasToString(
                        "{\"cache_prompt\":false,\"chat_template_kwargs\":{\"enable_thinking\":false},\"id_slot\":0}");
    }

    @Test
    void reads_policies_by_name_by_layer_and_by_field() throws IOException {
        String stack = """
                schema: stack/1
                name: tiny
                engine: llama.cpp
                model: tiny
                endpoint: {url: "http://127.0.0.1:8080"}
                """;
        assertThat(read(stack).policies()).isEqualTo(Policies.defaults());
        assertThat(read(stack + "policies: kubernetes").policies()).isEqualTo(ShippedPolicies.KUBERNETES.policies());
        Policies own = read(stack + """
                policies:
                  defaults: kubernetes
                  engine.version: {oneOf: ["0.33.0", "0.33.1"]}
                  launch.env.VLLM_*: warn
                """).policies();
        assertThat(own.of(Layer.ENGINE, "version"))
                .isEqualTo(FieldPolicy.oneOf(List.of(TextNode.valueOf("0.33.0"), TextNode.valueOf("0.33.1"))));
        assertThat(own.of(Layer.LAUNCH, "env.VLLM_BATCH_INVARIANT").kind()).isEqualTo(Check.Policy.WARN);
        assertThat(own.of(Layer.HARDWARE, "cores").kind()).isEqualTo(Check.Policy.IGNORE);
    }

    @Test
    void reports_all_mistakes_in_policies() {
        assertThatThrownBy(() -> StackConfigReader.read(BAD.resolve("policies.yaml")))
                .isInstanceOf(ProblemsException.class)
                .hasMessage("""
                        FILE:7:13: policies: 'defaults' is 'k8s'; expected one of bare-metal, kubernetes
                        FILE:8:3: policies: unknown layer 'lunch'; did you mean 'launch'?
                        FILE:9:16: policies: 'launch.argv' is 5; expected pin, warn, ignore or {oneOf: [values]}
                        FILE:10:19: policies: 'engine.version': needs 'oneOf' with the values that are right; write {oneOf: [a, b]}
                        FILE:10:20: policies: 'engine.version': unknown field 'anyOf'; known fields: oneOf
                        FILE:11:21: policies: 'hardware': 'oneOf' is for one field, not for a layer; write hardware.FIELD
                        6 problems""".replace("FILE", BAD.resolve("policies.yaml").toString()));
    }

    @Test
    void says_where_a_missing_file_was_looked_for() {
        Path missing = folder.resolve("stack.yaml");

        assertThatThrownBy(() -> StackConfigReader.read(folder))
                .hasMessage(missing + ": there is no such file; check the path");
    }

    @Test
    void overrides_change_parameters_files_and_name_but_not_the_file_on_disk() throws IOException {
        StackConfig config = read("""
                schema: stack/1
                name: tiny
                engine: llama.cpp
                model: tiny
                endpoint: {url: managed}
                launch: {package: xllamacpp, version: 2026.10.11549, params: {model.path: x.gguf, n_ctx: 4096}}
                """);

        StackConfig other = LaunchOverrides.none()
                .withName("tiny-b")
                .withVersion("2026.9.11063")
                .with("model.path", TextNode.valueOf("/models/y.gguf"))
                .with("n_ctx", NullNode.getInstance())
                .applyTo(config);

        assertThat(other.name()).isEqualTo("tiny-b");
        assertThat(other.files().weights()).isEqualTo(Optional.of(Path.of("/models/y.gguf")));
        assertThat(other.launch().orElseThrow().version()).isEqualTo("2026.9.11063");
        assertThat(other.launch().orElseThrow().params()).containsOnlyKeys("model.path");
    }

    private StackConfig read(String yaml) throws IOException {
        Files.writeString(folder.resolve("stack.yaml"), yaml);
        return StackConfigReader.read(folder);
    }
}
