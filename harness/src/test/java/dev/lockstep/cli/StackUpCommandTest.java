package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.stack.LaunchOverrides;
import org.junit.jupiter.api.Test;

class StackUpCommandTest {

    @Test
    void words_say_what_a_start_does_differently() {
        LaunchOverrides overrides = LaunchOverrides.none()
                .withName("trial")
                .withVersion("2026.9.11063")
                .with("cache_type_k", IntNode.valueOf(8))
                .with("cache_prompt", BooleanNode.FALSE)
                .with("model.path", TextNode.valueOf("/models/a b.gguf"));

        assertThat(StackUpCommand.words(overrides))
                .containsExactly(
                        "--name",
                        "trial",
                        "--engine-version",
                        "2026.9.11063",
                        "--set",
                        "cache_prompt=false",
                        "--set",
                        "cache_type_k=8",
                        "--set",
                        "model.path=/models/a b.gguf");
        assertThat(StackUpCommand.words(LaunchOverrides.none())).isEmpty();
    }
}
