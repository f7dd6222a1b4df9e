package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

    private static LaunchLine line(String... argv) {
        return LaunchLine.of(
                new LocalProcess(1, 1, Instant.EPOCH, List.of(argv), Path.of(argv[0]), Path.of("/srv"), "", List.of()));
    }
}
