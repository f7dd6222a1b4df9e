package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.document.Sha256;
import dev.lockstep.lock.Layer;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class EngineAdapterTest {

    @Test
    void recognises_each_engine_by_what_only_it_shows() {
        try (ServerDouble vllm = ServerDouble.vllm();
                ServerDouble ollama = ServerDouble.ollama();
                ServerDouble sglang = ServerDouble.sglang();
                ServerDouble generic = ServerDouble.generic()) {
            assertThat(EngineRecognition.recognise(vllm.endpoint())).isEqualTo(Engine.VLLM);
            assertThat(EngineRecognition.recognise(ollama.endpoint())).isEqualTo(Engine.OLLAMA);
            assertThat(EngineRecognition.recognise(sglang.endpoint())).isEqualTo(Engine.OPENAI);
            assertThat(EngineRecognition.recognise(generic.endpoint())).isEqualTo(Engine.OPENAI);
        }
    }

    @Test
    void does_not_take_a_short_props_answer_for_llama_cpp() {
        try (ServerDouble tabby = ServerDouble.generic()
                .with("/props", "{\"chat_template\":\"x\",\"default_generation_settings\":{\"n_ctx\":4096}}")) {
            assertThat(EngineRecognition.recognise(tabby.endpoint())).isEqualTo(Engine.OPENAI);
        }
    }

    @Test
    void reads_vllm_without_its_volatile_fields() {
        try (ServerDouble vllm = ServerDouble.vllm()) {
            LayerFacts facts = observe(Engine.VLLM, vllm);

            assertThat(facts.byLayer().keySet())
                    .containsExactlyInAnyOrder(
                            Layer.ENGINE, Layer.LAUNCH, Layer.PROVENANCE, Layer.TOKENIZER, Layer.TEMPLATE);
            assertThat(facts.fields(Layer.ENGINE)).isEqualTo(Map.of("version", TextNode.valueOf("0.32.0")));
            assertThat(facts.fields(Layer.LAUNCH)).isEqualTo(Map.of("maxModelLength", IntNode.valueOf(4096)));
            assertThat(facts.fields(Layer.TEMPLATE))
                    .isEqualTo(Map.of("chatTemplate", TextNode.valueOf(Sha256.of("{{ messages }}"))));
        }
    }

    @Test
    void reads_ollama_with_the_digest_of_its_weights_file() {
        try (ServerDouble ollama = ServerDouble.ollama()) {
            LayerFacts facts = observe(Engine.OLLAMA, ollama);

            assertThat(facts.fields(Layer.WEIGHTS)).isEqualTo(Map.of("blob", TextNode.valueOf("a".repeat(64))));
            assertThat(facts.fields(Layer.PROVENANCE)).isEqualTo(Map.of("manifest", TextNode.valueOf("beef")));
            assertThat(facts.fields(Layer.QUANTIZATION)).isEqualTo(Map.of("level", TextNode.valueOf("F16")));
            assertThat(facts.fields(Layer.GENERATION_DEFAULTS))
                    .isEqualTo(Map.of("parameters", TextNode.valueOf("temperature 0.6")));
        }
    }

    @Test
    void reads_no_more_than_the_name_from_any_other_server() {
        try (ServerDouble generic = ServerDouble.generic()) {
            assertThat(observe(Engine.OPENAI, generic).byLayer())
                    .isEqualTo(Map.of(Layer.PROVENANCE, new TreeMap<>(Map.of("model", TextNode.valueOf("tiny")))));
        }
    }

    private static LayerFacts observe(Engine engine, ServerDouble server) {
        return EngineAdapter.of(engine).observe(new LiveJson(server.endpoint()), "tiny");
    }
}
