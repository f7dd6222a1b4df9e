package dev.lockstep.interchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.LayerState;
import dev.lockstep.lock.Lock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cyclonedx.Version;
import org.cyclonedx.exception.ParseException;
import org.cyclonedx.model.Bom;
import org.cyclonedx.model.Component;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class MlBomTest {
    private static final String DIGEST = "ab".repeat(32);
    private static final ObjectMapper JSON = new ObjectMapper();

    static List<Lock> locks() {
        return List.of(Locks.of(Map.of()), Locks.ofFolder("a".repeat(64)), served());
    }

    @ParameterizedTest
    @MethodSource("locks")
    void is_valid_by_the_schema_of_cyclonedx(Lock lock) throws IOException {
        assertThat(new JsonParser().validate(MlBom.text(lock), Version.VERSION_16))
                .isEmpty();
    }

    @Test
    void the_schema_finds_mistakes() throws IOException {
        String wrong = MlBom.text(served()).replace("machine-learning-model", "model");

        assertThat(new JsonParser().validate(wrong, Version.VERSION_16)).isNotEmpty();
    }

    @Test
    void names_the_model_with_its_files_and_what_computes_its_answers() throws ParseException {
        Bom bom = parsed(served());

        assertThat(bom.getMetadata().getComponent().getName()).isEqualTo("tiny");
        assertThat(bom.getMetadata().getComponent().getVersion())
                .isEqualTo(served().id().value());
        assertThat(bom.getComponents())
                .extracting(each -> each.getType().getTypeName() + " " + each.getName() + " " + each.getVersion() + " "
                        + each.getPurl())
                .containsExactly(
                        "machine-learning-model tiny null null",
                        "container registry.local:5000/vllm/vllm-openai v0.33.0 null",
                        "library torch 2.9.0+cu130 pkg:pypi/torch@2.9.0%2Bcu130",
                        "application processor/ffmpeg null null");
        assertThat(bom.getComponents().get(1).getHashes())
                .singleElement()
                .satisfies(hash -> assertThat(hash.getValue()).isEqualTo(DIGEST));
    }

    @Test
    void tells_of_the_model_what_the_lock_holds() throws ParseException {
        Component model = parsed(served()).getComponents().getFirst();

        assertThat(model.getModelCard().getModelParameters().getArchitectureFamily())
                .isEqualTo("qwen3_vl");
        assertThat(model.getModelCard().getModelParameters().getModelArchitecture())
                .isEqualTo("Qwen3VLForConditionalGeneration");
        assertThat(model.getModelCard().getModelParameters().getInputs())
                .extracting(input -> input.getFormat())
                .containsExactly("text", "image");
        assertThat(model.getHashes())
                .singleElement()
                .satisfies(hash -> assertThat(hash.getValue()).isEqualTo(DIGEST));
        assertThat(model.getComponents())
                .extracting(Component::getName)
                .containsExactly("LICENSE", "model.safetensors");
        assertThat(model.getExternalReferences()).singleElement().satisfies(reference -> {
            assertThat(reference.getType().getTypeName()).isEqualTo("license");
            assertThat(reference.getUrl()).isEqualTo("LICENSE");
        });
    }

    @Test
    void a_gguf_file_tells_its_licence() throws ParseException {
        Lock lock = Locks.of(Map.of(
                Layer.PROVENANCE, Locks.pinned(Map.of("model.file", Locks.text("sha256:" + DIGEST))),
                Layer.MODEL_CONFIG,
                        Locks.pinned(Map.of(
                                "model.general.license", Locks.text("apache-2.0"),
                                "model.general.architecture", Locks.text("qwen3vl"))),
                Layer.ENGINE,
                        Locks.pinned(Map.of(
                                "distribution", Locks.text("xllamacpp"),
                                "version", Locks.text("2026.10.1"),
                                "native.x/y.so", Locks.text("sha256:" + DIGEST)))));

        List<Component> components = parsed(lock).getComponents();

        assertThat(components.getFirst().getLicenses().getLicenses())
                .singleElement()
                .satisfies(license -> assertThat(license.getName()).isEqualTo("apache-2.0"));
        assertThat(components.getFirst().getHashes()).hasSize(1);
        assertThat(components.get(1).getPurl()).isEqualTo("pkg:pypi/xllamacpp@2026.10.1");
        assertThat(components.get(1).getComponents())
                .extracting(Component::getName)
                .containsExactly("engine/x/y.so");
    }

    @Test
    void the_same_lock_gives_the_same_bytes_and_another_one_another_number() throws IOException {
        String text = MlBom.text(served());
        String digits = served().id().value().substring("lk1-".length());

        assertThat(MlBom.text(served())).isEqualTo(text);
        assertThat(text).doesNotContain("timestamp");
        assertThat(serial(text))
                .matches("urn:uuid:" + digits.substring(0, 8) + "-" + digits.substring(8, 12) + "-8"
                        + digits.substring(13, 16) + "-[89ab]" + digits.substring(17, 20) + "-"
                        + digits.substring(20, 32));
        assertThat(serial(MlBom.text(Locks.of(Map.of())))).isNotEqualTo(serial(text));
    }

    private static Lock served() {
        return Locks.of(Map.of(
                Layer.WEIGHTS,
                Locks.pinned(Map.of("model.file.model.safetensors", Locks.entry(DIGEST, 12))),
                Layer.PROVENANCE,
                LayerState.of(
                        Map.of(), Map.of(), Map.of("model.file.LICENSE", Locks.entry("d".repeat(64), 1)), Set.of()),
                Layer.MODEL_CONFIG,
                Locks.pinned(Map.of(
                        "model.config.json#/model_type", Locks.text("qwen3_vl"),
                        "model.config.json#/architectures",
                                JsonNodeFactory.instance.arrayNode().add("Qwen3VLForConditionalGeneration"))),
                Layer.PROCESSOR,
                Locks.pinned(Map.of(
                        "ffmpeg", Locks.text("sha256:" + DIGEST),
                        "model.preprocessor_config.json#/do_resize", Locks.text("true"))),
                Layer.ENGINE,
                LayerState.of(
                        Map.of(
                                "package.torch",
                                JsonNodeFactory.instance
                                        .objectNode()
                                        .put("version", "2.9.0+cu130")
                                        .put("sha256", DIGEST)),
                        Map.of(
                                "image", Locks.text("registry.local:5000/vllm/vllm-openai:v0.33.0"),
                                "image.digest", Locks.text("sha256:" + DIGEST)),
                        Map.of(),
                        Set.of())));
    }

    private static String serial(String text) throws IOException {
        JsonNode bom = JSON.readTree(text);
        return bom.path("serialNumber").asText();
    }

    private static Bom parsed(Lock lock) throws ParseException {
        return new JsonParser().parse(MlBom.text(lock).getBytes(StandardCharsets.UTF_8));
    }
}
