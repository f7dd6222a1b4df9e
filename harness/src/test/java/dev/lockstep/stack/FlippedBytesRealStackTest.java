package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.FlippedByte;
import dev.lockstep.lock.Layer;
import dev.lockstep.testing.GgufEdit;
import dev.lockstep.testing.TinyGguf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One byte of each class, behind a server that starts with it: all steps of the verification name its layer, and no other. */
@Tag("real")
final class FlippedBytesRealStackTest {
    private static final EmbeddedStack EMBEDDED = new EmbeddedStack();

    @TempDir
    static Path folder;

    private static Deployment deployment;

    @BeforeAll
    static void lock() throws IOException {
        Path place = Files.createDirectories(folder.resolve("served"));
        TinyGguf.lora(place.resolve("lora.gguf"));
        deployment =
                Deployment.tiny(EMBEDDED, place, "flipped-bytes", "lora_adapters: [{path: lora.gguf, scale: 0.5}]");
        deployment.lock();
    }

    @AfterAll
    static void stop() throws IOException {
        EMBEDDED.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path link : files.filter(Files::isSymbolicLink).toList()) {
                Files.delete(link);
            }
        }
    }

    @Test
    void a_weight_byte_is_of_the_weights() throws IOException {
        assertNames(Layer.WEIGHTS, deployment.with(Deployment.MODEL, file -> FlippedByte.at(file, 1_000_000)));
    }

    @Test
    void a_template_byte_is_of_the_template() throws IOException {
        assertNames(
                Layer.TEMPLATE, deployment.with(Deployment.MODEL, file -> FlippedByte.in(file, "# Tools\\n\\nY", 'y')));
    }

    @Test
    void a_merge_is_of_the_tokenizer() throws IOException {
        assertNames(Layer.TOKENIZER, deployment.with(Deployment.MODEL, file -> FlippedByte.in(file, "ta wa", 'b')));
    }

    @Test
    void a_sampling_key_is_of_the_generation_defaults() throws IOException {
        assertNames(
                Layer.GENERATION_DEFAULTS,
                deployment.with(
                        Deployment.MODEL,
                        file -> GgufEdit.of(file)
                                .number("general.sampling.top_k", 21)
                                .write(file)));
    }

    @Test
    void a_projector_byte_is_of_the_weights_and_its_settings_of_the_processor() throws IOException {
        assertNames(Layer.WEIGHTS, deployment.with(Deployment.PROJECTOR, file -> FlippedByte.at(file, 1_000_000)));
        assertNames(
                Layer.PROCESSOR,
                deployment.with(
                        Deployment.PROJECTOR,
                        file -> GgufEdit.of(file)
                                .number("clip.vision.image_min_pixels", 32 * 32 * 32)
                                .write(file)));
    }

    @Test
    void a_flag_is_of_the_launch() {
        assertNames(Layer.LAUNCH, deployment.with("n_batch", IntNode.valueOf(512)));
    }

    @Test
    void the_scale_of_an_adapter_is_of_the_adapters() {
        ObjectNode adapter = JsonNodeFactory.instance
                .objectNode()
                .put("path", deployment.file("lora.gguf").toString())
                .put("scale", 0.25);

        assertNames(
                Layer.ADAPTERS,
                deployment.with(
                        "lora_adapters", JsonNodeFactory.instance.arrayNode().add(adapter)));
    }

    @Test
    void a_byte_of_the_native_module_is_of_the_engine() throws IOException {
        Path engine = copied(EMBEDDED.home().resolve("engines/xllamacpp-" + EmbeddedStack.VERSION));
        Path module;
        try (Stream<Path> files = Files.walk(engine)) {
            module = files.filter(file -> file.endsWith("xllamacpp.abi3.so"))
                    .findFirst()
                    .orElseThrow();
        }
        // A word of a message that nobody is told here.
        FlippedByte.in(module, "Offline mode: forces us", 'f');

        LiveEndpoint endpoint = deployment.start(LaunchOverrides.none().withEngineDirectory(engine));

        assertNames(Layer.ENGINE, deployment.verify(endpoint));
    }

    /** The digest of a whole file moves with each of its parts, and only warns. */
    private static void assertNames(Layer layer, Verification verification) {
        assertThat(verification.broken()).containsExactly(layer);
        assertThat(verification.checks())
                .filteredOn(check -> check.outcome() == Check.Outcome.MISMATCH && check.layer() != layer)
                .allMatch(check -> check.layer() == Layer.PROVENANCE && check.policy() == Check.Policy.WARN);
    }

    private static Path copied(Path environment) throws IOException {
        Path copy = folder.resolve("engine");
        try (Stream<Path> files = Files.walk(environment)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(environment.relativize(file)), LinkOption.NOFOLLOW_LINKS);
            }
        }
        return copy;
    }
}
