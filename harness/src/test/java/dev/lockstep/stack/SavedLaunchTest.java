package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.CanonicalJson;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.LockFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A launch that somebody saved where the stack is served is the operator's word, without secrets and without places. */
final class SavedLaunchTest {
    private static final Path SAVED = Path.of("src/test/resources/saved").toAbsolutePath();
    private static final String DIGEST = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    @TempDir
    Path folder;

    @Test
    void docker_tells_image_command_variables_and_mounts() throws IOException {
        Lock lock = lock("launch: {from: " + SAVED.resolve("docker-inspect.json") + "}");

        assertThat(declared(lock, Layer.ENGINE)).isEqualTo("""
                image: "vllm/vllm-openai:v0.33.0@%s"
                image.digest: "%s"
                imageId: "sha256:3f1c6d2a9b8e7f60514233445566778899aabbccddeeff00112233445566778f"
                """.formatted(DIGEST, DIGEST));
        assertThat(declared(lock, Layer.LAUNCH)).isEqualTo("""
                command: ["vllm","serve","${path}","--host","${host}","--port","${port}","--api-key","${secret}",\
                "--max-model-len","32768","--chat-template","${path}"]
                env.HF_HUB_OFFLINE: "1"
                env.NVIDIA_VISIBLE_DEVICES: "${gpu}"
                env.VLLM_API_KEY: "${secret}"
                env.VLLM_BATCH_INVARIANT: "1"
                mounts: ["/models: bind, read-only","/root/.cache/huggingface: volume hf-cache","/tmp/work: volume"]
                resources: {"ShmSize":17179869184}
                """);
        assertThat(lock.layer(Layer.LAUNCH).unknown()).containsExactly("file.--chat-template.1.sha256");
        assertThat(lock.layer(Layer.ENGINE).unknown()).isEmpty();
    }

    @Test
    void pod_tells_the_digest_that_runs_and_the_container_that_looks_like_an_engine() throws IOException {
        Lock lock = lock("launch: {from: " + SAVED.resolve("pod.json") + "}");

        assertThat(declared(lock, Layer.ENGINE)).isEqualTo("""
                image: "vllm/vllm-openai:v0.33.0"
                image.digest: "%s"
                """.formatted(DIGEST));
        assertThat(declared(lock, Layer.LAUNCH)).isEqualTo("""
                command: ["${path}","-c","exec","vllm","serve","${path}","--port","${port}","--tensor-parallel-size","2",\
                "--api-key","${secret}","--served-model-name","qwen"]
                env.HF_HUB_OFFLINE: "1"
                env.VLLM_API_KEY: "${secret}"
                env.VLLM_ATTENTION_BACKEND.from: "configMapKeyRef attention engine"
                env.VLLM_BATCH_INVARIANT: "1"
                env.VLLM_HOST_IP.from: "fieldRef v1 status.podIP"
                mounts: ["/dev/shm: emptyDir","/models: persistentVolumeClaim qwen3-vl-8b, read-only",\
                "/templates: configMap templates-5h7k2m/qwen"]
                resources: {"memory":"80Gi","nvidia.com/gpu":"2"}
                """);
        assertThat(lock.layer(Layer.LAUNCH).unknown())
                .containsExactly("env.VLLM_ATTENTION_BACKEND", "env.VLLM_HOST_IP");
    }

    @Test
    void pod_in_a_list_is_named() throws IOException {
        Path list = Files.writeString(
                folder.resolve("pods.json"),
                "{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[" + pod("a", "1") + "," + pod("b", "2") + "]}");

        assertThat(declared(lock("launch: {from: " + list + ", pod: b}"), Layer.LAUNCH))
                .isEqualTo("command: [\"--tensor-parallel-size\",\"2\"]\n");
    }

    @Test
    void image_without_a_digest_and_entry_point_of_the_image_stay_unknown() throws IOException {
        Path file = Files.writeString(folder.resolve("pod.json"), pod("a", "1"));
        Lock lock = lock("launch: {from: " + file + "}");

        assertThat(declared(lock, Layer.ENGINE)).isEqualTo("image: \"vllm/vllm-openai:latest\"\n");
        assertThat(lock.layer(Layer.ENGINE).unknown()).containsExactly("image.digest");
        assertThat(lock.layer(Layer.LAUNCH).unknown()).containsExactly("entrypoint");
    }

    @Test
    void unit_tells_its_command_with_its_variables_and_those_of_its_file() throws IOException {
        Lock lock = lock("launch: {from: " + SAVED.resolve("llama.service") + "}");

        assertThat(declared(lock, Layer.LAUNCH)).isEqualTo("""
                command: ["${path}","--model","${path}","--mmproj","${path}","--ctx-size","8192","--host","${host}",\
                "--port","${port}","--alias","qwen vl","--log-file","${path}","--flash-attn","off"]
                env.CUDA_VISIBLE_DEVICES.from: "the service manager"
                env.GGML_CUDA_FORCE_MMQ: "1"
                env.LLAMA_API_KEY: "${secret}"
                env.LLAMA_ARG_ALIAS: "qwen with blanks"
                env.LLAMA_ARG_N_PARALLEL: "4"
                env.OMP_NUM_THREADS: "16"
                """);
        assertThat(lock.layer(Layer.LAUNCH).unknown()).containsExactly("env.CUDA_VISIBLE_DEVICES");
        assertThat(lock.layer(Layer.ENGINE).unknown()).containsExactly("executable");
    }

    @Test
    void unit_without_its_file_of_variables_leaves_variables_unknown() throws IOException {
        Path unit = Files.copy(SAVED.resolve("llama.service"), folder.resolve("llama.service"));

        assertThat(lock("launch: {from: " + unit + "}").layer(Layer.LAUNCH).unknown())
                .containsExactly("env.*", "env.CUDA_VISIBLE_DEVICES");
    }

    @Test
    void copy_of_a_process_folder_tells_words_and_variables() throws IOException {
        Path process = Files.createDirectories(folder.resolve("4711"));
        Files.writeString(process.resolve("cmdline"), "llama-server\0--lora-scaled\0/a.gguf:0.5\0-c\0004096\0");
        Files.writeString(process.resolve("environ"), "GGML_N=1\0HOME=/root\0AWS_SECRET_ACCESS_KEY=s3cret\0");
        Lock lock = lock("launch: {from: 4711.d}".replace("4711.d", process.toString()));

        assertThat(declared(lock, Layer.LAUNCH)).isEqualTo("""
                command: ["llama-server","--lora-scaled","${path}:0.5","-c","4096"]
                env.GGML_N: "1"
                """);
        assertThat(lock.layer(Layer.ADAPTERS).unknown()).containsExactly("adapter.*");
    }

    @Test
    void command_line_can_stand_in_the_stack_itself() throws IOException {
        Lock lock = lock("""
                launch:
                  command: >-
                    vllm serve 'Qwen/Qwen3-VL-8B-Instruct' --revision 0123abc
                    --override-generation-config '{"temperature": 0}' --api-key s3cret
                  env: {OMP_NUM_THREADS: 4, VLLM_BATCH_INVARIANT: "1", EDITOR: vi}
                """);

        assertThat(declared(lock, Layer.LAUNCH)).isEqualTo("""
                command: ["vllm","serve","Qwen/Qwen3-VL-8B-Instruct","--revision","0123abc",\
                "--override-generation-config","{\\"temperature\\": 0}","--api-key","${secret}"]
                env.OMP_NUM_THREADS: "4"
                env.VLLM_BATCH_INVARIANT: "1"
                """);
    }

    @Test
    void own_word_wins_over_the_file() throws IOException {
        Lock lock =
                lock("launch: {command: vllm serve x}\ndeclared: {launch: {command: vllm serve y}, engine: own build}");

        assertThat(declared(lock, Layer.LAUNCH)).isEqualTo("command: \"vllm serve y\"\n");
        assertThat(declared(lock, Layer.ENGINE)).isEqualTo("value: \"own build\"\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker-inspect.json", "pod.json", "llama.service"})
    void no_secret_reaches_the_lock(String file) throws IOException {
        assertThat(LockFile.text(lock("launch: {from: " + SAVED.resolve(file) + "}")))
                .doesNotContain("s3cret", "hf_abc", "vllm-keys", "10.42", "/data/models", "gpu-node");
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker-inspect.json", "pod.json", "llama.service"})
    void same_file_gives_the_same_id(String file) throws IOException {
        String launch = "launch: {from: " + SAVED.resolve(file) + "}";

        assertThat(lock(launch).id()).isEqualTo(lock(launch).id());
    }

    private static String pod(String name, String parallel) {
        return """
                {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "%s"}, "spec": {"containers": [
                  {"name": "vllm", "image": "vllm/vllm-openai:latest", "args": ["--tensor-parallel-size", "%s"]}]}}""".formatted(name, parallel);
    }

    private Lock lock(String launch) throws IOException {
        Files.writeString(folder.resolve("stack.yaml"), """
                schema: stack/1
                name: served-elsewhere
                engine: vllm
                model: qwen
                visibility: opaque
                endpoint: {url: "http://192.0.2.1:8000"}
                """ + launch);
        StackConfig config = StackConfigReader.read(folder);
        return new LockMaker(folder, "").lock(config, Optional.empty());
    }

    private static String declared(Lock lock, Layer layer) {
        SortedMap<String, JsonNode> fields = lock.layer(layer).declared();
        return fields.entrySet().stream()
                .map(field -> field.getKey() + ": " + CanonicalJson.compact(field.getValue()) + "\n")
                .collect(Collectors.joining());
    }
}
