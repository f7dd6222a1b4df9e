package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.lock.Layer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class LaunchLineTest {

    @Test
    void reads_the_embedded_server_from_its_command_line() {
        LaunchLine line = line(
                "/env/bin/python",
                "-I",
                "/scripts/serve.py",
                "--launch",
                "{\"lora_adapters\":[{\"path\":\"/m/a.gguf\",\"scale\":2}],\"model.path\":\"/m/x.gguf\",\"n_ctx\":4096,"
                        + "\"video_ffmpeg_bin_dir\":\"/t\"}",
                "--port",
                "18090");

        assertThat(line.fields())
                .isEqualTo(Map.of("model.path", TextNode.valueOf("${path}"), "n_ctx", IntNode.valueOf(4096)));
        assertThat(LaunchPaths.files(line.params()).adapters())
                .containsExactly(new StackConfig.Adapter(Path.of("/m/a.gguf"), 2));
    }

    @Test
    void keeps_flags_but_no_port_host_path_or_key_of_another_server() {
        LaunchLine line = line(
                "/opt/llama-server",
                "-m",
                "models/x.gguf",
                "--port",
                "8080",
                "--host=0.0.0.0",
                "--api-key",
                "s3cret",
                "-ngl",
                "99",
                "--log-file=/var/log/x",
                "--jinja");

        assertThat(line.fields().get("argv"))
                .hasToString("[\"${path}\",\"-m\",\"${path}\",\"--port\",\"${port}\",\"--host=${host}\",\"--api-key\","
                        + "\"${secret}\",\"-ngl\",\"99\",\"--log-file=${path}\",\"--jinja\"]");
        assertThat(LaunchPaths.files(line.params()).weights()).contains(Path.of("/srv/models/x.gguf"));
    }

    @Test
    void takes_a_template_that_could_be_no_path_as_text() {
        LaunchLine line = line("/opt/llama-server", "-m", "x.gguf", "--chat-template", "{{ 'a\0b' }}");

        assertThat(line.fields().get("argv"))
                .hasToString("[\"${path}\",\"-m\",\"${path}\",\"--chat-template\",\"{{ 'a\\u0000b' }}\"]");
        assertThat(line.named()).isEmpty();
    }

    @Test
    void keeps_no_secret_of_another_server() {
        LaunchLine line = line(
                "/opt/vllm",
                "serve",
                "org/model",
                "--api-key",
                "-k1",
                "k2",
                "--hf-token=hf",
                "-hft",
                "hf",
                "--max-tokens",
                "5",
                "--disable-auth",
                "--port",
                "80",
                "--loader={\"token\":\"x\"}",
                "HF_TOKEN=x");

        assertThat(line.fields().get("argv"))
                .hasToString("[\"${path}\",\"serve\",\"org/model\",\"--api-key\",\"${secret}\",\"${secret}\","
                        + "\"--hf-token=${secret}\",\"-hft\",\"${secret}\",\"--max-tokens\",\"5\",\"--disable-auth\","
                        + "\"--port\",\"${port}\",\"--loader={\\\"token\\\":${secret}}\",\"HF_TOKEN=${secret}\"]");
    }

    @Test
    void keeps_no_secret_of_the_embedded_server() {
        LaunchLine line =
                line("/env/bin/python", "/scripts/serve.py", "--launch", "{\"api_keys\":[\"x\"],\"n_ctx\":1}");

        assertThat(line.fields())
                .isEqualTo(Map.of("api_keys", TextNode.valueOf("${secret}"), "n_ctx", IntNode.valueOf(1)));
    }

    @Test
    void reads_adapters_and_other_files_of_another_server() {
        LaunchLine line = line(
                "llama-server",
                "--lora",
                "a.gguf,/m/b.gguf",
                "--lora-scaled",
                "c.gguf:0.5",
                "--lora-scaled",
                "d.gguf",
                "0.25",
                "--control-vector-scaled",
                "v.gguf:2",
                "--lora-modules",
                "sql=/m/sql",
                "{\"name\":\"x\",\"path\":\"/m/x\"}",
                "hub=org/hub",
                "--chat-template",
                "chatml",
                "-md",
                "draft.gguf");

        assertThat(LaunchPaths.files(line.params()).adapters())
                .containsExactly(
                        new StackConfig.Adapter(Path.of("/srv/a.gguf"), 1),
                        new StackConfig.Adapter(Path.of("/m/b.gguf"), 1),
                        new StackConfig.Adapter(Path.of("/srv/c.gguf"), 0.5),
                        new StackConfig.Adapter(Path.of("/srv/d.gguf"), 0.25));
        assertThat(line.named())
                .containsExactly(
                        new NamedFile(Layer.ADAPTERS, "--control-vector-scaled.1", Path.of("/srv/v.gguf")),
                        new NamedFile(Layer.ADAPTERS, "--lora-modules.1", Path.of("/m/sql")),
                        new NamedFile(Layer.ADAPTERS, "--lora-modules.2", Path.of("/m/x")),
                        new NamedFile(Layer.ADAPTERS, "--lora-modules.3", Path.of("/srv/org/hub")),
                        new NamedFile(Layer.LAUNCH, "-md.1", Path.of("/srv/draft.gguf")));
        assertThat(line.fields().get("argv"))
                .hasToString("[\"llama-server\",\"--lora\",\"${path},${path}\",\"--lora-scaled\",\"${path}:0.5\","
                        + "\"--lora-scaled\",\"${path}\",\"0.25\",\"--control-vector-scaled\",\"${path}:2\","
                        + "\"--lora-modules\",\"sql=${path}\",\"{\\\"name\\\":\\\"x\\\",\\\"path\\\":\\\"${path}\\\"}\","
                        + "\"hub=org/hub\",\"--chat-template\",\"chatml\",\"-md\",\"${path}\"]");
    }

    private static LaunchLine line(String... argv) {
        return LaunchLine.of(new LocalProcess(
                1, 1, Instant.EPOCH, List.of(argv), Path.of(argv[0]), Path.of("/srv"), "", new TreeMap<>(), List.of()));
    }
}
