package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LaunchEnvironmentTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "VLLM_BATCH_INVARIANT|1|1",
                "SGLANG_ENABLE_DETERMINISTIC_INFERENCE|true|true",
                "LLAMA_ARG_CTX_SIZE|4096|4096",
                "OLLAMA_KV_CACHE_TYPE|q8_0|q8_0",
                "OMP_NUM_THREADS|4|4",
                "HF_ENDPOINT|https://user:pw@hub.example|https://${secret}@hub.example",
                "HF_HOME|/data/hf|${path}",
                "LD_LIBRARY_PATH|/usr/lib:/opt|${path}",
                "VLLM_API_KEY|abc|${secret}",
                "LLAMA_API_KEY|abc|${secret}",
                "VLLM_HOST_IP|10.0.0.1|${host}",
                "OLLAMA_HOST|0.0.0.0:11434|${host}",
                "LLAMA_ARG_PORT|8080|${port}",
                "LLAMA_ARG_MODEL|models/x.gguf|${path}",
                "LLAMA_LOG_FILE|server.log|${path}",
                "CUDA_VISIBLE_DEVICES|0,1|0,1",
                "CUDA_VISIBLE_DEVICES|GPU-8f6d3c1a-0b2e-4d5f-9a7c-1e2d3c4b5a69,GPU-8f6d|${gpu},${gpu}",
                "NVIDIA_VISIBLE_DEVICES|MIG-GPU-8f6d3c1a-0b2e-4d5f-9a7c-1e2d3c4b5a69/1/0|${gpu}/1/0",
            })
    void keeps_what_may_change_answers_and_no_place_or_secret(String name, String value, String kept) {
        assertThat(LaunchEnvironment.fields(Map.of(name, value)))
                .isEqualTo(Map.of("env." + name, TextNode.valueOf(kept)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AWS_SECRET_ACCESS_KEY",
                "CUDA_VERSION",
                "EDITOR",
                "HF_TOKEN",
                "HOME",
                "LANG",
                "OLLAMA_SERVICE_HOST",
                "OPENAI_API_KEY",
                "PATH",
                "VLLM_PORT_8000_TCP_ADDR",
                "VLLM_SERVICE_PORT_HTTP"
            })
    void never_looks_at_others(String name) {
        assertThat(LaunchEnvironment.fields(Map.of(name, "x"))).isEmpty();
    }
}
