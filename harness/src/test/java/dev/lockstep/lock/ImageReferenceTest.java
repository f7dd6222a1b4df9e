package dev.lockstep.lock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ImageReferenceTest {
    private static final String DIGEST = "sha256:" + "0a".repeat(32);

    @Test
    void keeps_tag_and_digest_apart() {
        ImageReference image =
                ImageReference.of("vllm/vllm-openai:v0.33.0@" + DIGEST).orElseThrow();

        assertThat(image.fields())
                .containsExactly(
                        Map.entry("image", TextNode.valueOf("vllm/vllm-openai:v0.33.0")),
                        Map.entry("image.digest", TextNode.valueOf(DIGEST)));
        assertThat(ImageReference.isWithoutDigest(image.fields())).isFalse();
    }

    @Test
    void a_tag_alone_says_nothing_of_the_bytes() {
        ImageReference image =
                ImageReference.of("registry.local:5000/team/vllm:latest").orElseThrow();

        assertThat(image.name()).isEqualTo("registry.local:5000/team/vllm");
        assertThat(image.tag()).contains("latest");
        assertThat(ImageReference.isWithoutDigest(image.fields())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Vllm/Vllm", "vllm@sha256:abc", "vllm:", "vllm:a:b", "https://registry/vllm", "a b"})
    void refuses_what_is_no_reference(String text) {
        assertThat(ImageReference.of(text)).isEmpty();
    }
}
