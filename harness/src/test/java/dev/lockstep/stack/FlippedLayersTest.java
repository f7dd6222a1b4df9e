package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lockstep.lock.Check;
import dev.lockstep.lock.FlippedByte;
import dev.lockstep.lock.HubCacheFixture;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.SafetensorsFixture;
import dev.lockstep.lock.TinyModelFolder;
import dev.lockstep.testing.GgufEdit;
import dev.lockstep.testing.TinyGguf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** One byte of each class, in each form of the same model: verification names the layer of the byte, and no other. */
final class FlippedLayersTest {
    private static final String COMMIT = HubCacheFixture.commit('a');

    private final ServerDouble server = ServerDouble.vllm();

    @TempDir
    Path temporary;

    private Path root = Path.of("");

    @BeforeEach
    void fill() throws IOException {
        root = temporary.toRealPath();
        Path info = Files.createDirectories(root.resolve("site/vllm-0.33.0.dist-info"));
        Files.writeString(info.resolve("METADATA"), "Name: vllm\nVersion: 0.33.0\n");
        Files.writeString(info.resolve("RECORD"), "vllm/_C.abi3.so,,\n");
        Files.writeString(Files.createDirectories(root.resolve("site/vllm")).resolve("_C.abi3.so"), "machine code");
        Path adapter = Files.createDirectories(root.resolve("adapter"));
        Files.writeString(adapter.resolve("adapter_config.json"), "{\"r\": 8, \"lora_alpha\": 16}");
        new SafetensorsFixture().tensor("a", (byte) 1).write(adapter.resolve("adapter_model.safetensors"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @TestFactory
    Stream<DynamicTest> in_a_folder() throws IOException {
        Path model = TinyModelFolder.copyTo(root.resolve("model"));

        return inFiles("weights: model, adapters: [adapter]", model);
    }

    @TestFactory
    Stream<DynamicTest> in_a_hub_cache() throws IOException {
        HubCacheFixture cache = new HubCacheFixture(root.resolve("hub"))
                .with(COMMIT, TinyModelFolder.copyTo(root.resolve("model")))
                .ref("main", COMMIT);

        return inFiles("repo: tiny/vl, cache_dir: hub, adapters: [adapter]", cache.snapshot(COMMIT));
    }

    @TestFactory
    Stream<DynamicTest> in_gguf_files() throws IOException {
        Path model = TinyGguf.withSampling(root.resolve("model.gguf"));
        Path projector = Files.copy(TinyGguf.projector(), root.resolve("mmproj.gguf"));
        Path lora = TinyGguf.lora(root.resolve("lora.gguf"));
        Stage stage = new Stage("weights: model.gguf, projector: mmproj.gguf, adapters: [lora.gguf]");
        return Stream.concat(
                Stream.of(
                        stage.flip("weight byte", Layer.WEIGHTS, model, file -> flip(file, 1_000_000)),
                        stage.flip("template byte", Layer.TEMPLATE, model, file -> swap(file, "# Tools\\n\\nY", 'y')),
                        stage.flip("tokenizer merge", Layer.TOKENIZER, model, file -> swap(file, "ta wa", 'b')),
                        stage.flip(
                                "generation default",
                                Layer.GENERATION_DEFAULTS,
                                model,
                                file -> GgufEdit.of(file)
                                        .number("general.sampling.top_k", 21)
                                        .write(file)),
                        stage.flip(
                                "model parameter",
                                Layer.MODEL_CONFIG,
                                model,
                                file -> GgufEdit.of(file)
                                        .decimal("qwen3vl.rope.freq_base", 10001)
                                        .write(file)),
                        stage.flip("mmproj weight byte", Layer.WEIGHTS, projector, file -> flip(file, 1_000_000)),
                        stage.flip(
                                "mmproj limit",
                                Layer.PROCESSOR,
                                projector,
                                file -> GgufEdit.of(file)
                                        .number("clip.vision.image_size", 129)
                                        .write(file)),
                        stage.flip(
                                "adapter scale",
                                Layer.ADAPTERS,
                                lora,
                                file -> GgufEdit.of(file)
                                        .decimal("adapter.lora.alpha", 2)
                                        .write(file)),
                        stage.flip("adapter weight", Layer.ADAPTERS, lora, file -> flip(file, Files.size(file) - 1))),
                stage.beside());
    }

    private Stream<DynamicTest> inFiles(String files, Path model) throws IOException {
        Stage stage = new Stage(files);
        return Stream.concat(
                Stream.of(
                        stage.flip(
                                "weight byte",
                                Layer.WEIGHTS,
                                model.resolve("model.safetensors"),
                                file -> flip(file, 5_000_000)),
                        stage.swap("template byte", Layer.TEMPLATE, model.resolve("chat_template.jinja"), "assistan"),
                        stage.swap("tokenizer merge", Layer.TOKENIZER, model.resolve("merges.txt"), "e r"),
                        stage.swap(
                                "generation default",
                                Layer.GENERATION_DEFAULTS,
                                model.resolve("generation_config.json"),
                                "\"eos_token_id\": 1"),
                        stage.swap(
                                "model parameter",
                                Layer.MODEL_CONFIG,
                                model.resolve("config.json"),
                                "\"rope_theta\": 1"),
                        stage.swap(
                                "number format", Layer.QUANTIZATION, model.resolve("config.json"), "\"dtype\": \"floa"),
                        stage.swap(
                                "picture limit",
                                Layer.PROCESSOR,
                                model.resolve("preprocessor_config.json"),
                                "\"shortest_edge\": 8"),
                        stage.swap(
                                "adapter scale",
                                Layer.ADAPTERS,
                                root.resolve("adapter/adapter_config.json"),
                                "\"lora_alpha\": 1")),
                stage.beside());
    }

    private static void flip(Path file, long offset) throws IOException {
        FlippedByte.at(file, offset);
    }

    private static void swap(Path file, String text, char replacement) throws IOException {
        FlippedByte.in(file, text, replacement);
    }

    /** Damages a file under its name. */
    private interface Damage {
        void to(Path file) throws IOException;
    }

    /** A locked stack; each damage is made, looked for, and mended. */
    private final class Stage {
        private final Path yaml;
        private final Lock lock;

        Stage(String files) throws IOException {
            yaml = Files.writeString(root.resolve("stack.yaml"), """
                    schema: stack/1
                    name: flipped
                    engine: vllm
                    model: tiny
                    endpoint: {url: "%s"}
                    launch: {command: "vllm serve model --max-model-len 4096"}
                    files: {%s, packages: {folder: site, names: [vllm]}}
                    """.formatted(server.url(), files));
            StackConfig config = StackConfigReader.read(yaml);
            lock = new LockMaker(root, "").lock(config, Optional.of(server.endpoint()));
            assertThat(verify().checks()).noneMatch(check -> check.outcome() == Check.Outcome.MISMATCH);
        }

        /** What every stack has beside its model. */
        Stream<DynamicTest> beside() {
            return Stream.of(
                    swap("launch flag", Layer.LAUNCH, yaml, "--max-model-len 4"),
                    swap("engine binary", Layer.ENGINE, root.resolve("site/vllm/_C.abi3.so"), "machine"));
        }

        DynamicTest swap(String what, Layer layer, Path file, String text) {
            return flip(what, layer, file, each -> FlippedByte.in(each, text, '2'));
        }

        DynamicTest flip(String what, Layer layer, Path file, Damage damage) {
            return dynamicTest(what + " is of " + layer, () -> {
                byte[] intact = Files.readAllBytes(file);
                damage.to(file);

                Verification verification = verify();

                Files.write(file, intact);
                assertThat(verification.broken()).containsExactly(layer);
                assertThat(verification.checks())
                        .filteredOn(check -> check.outcome() == Check.Outcome.MISMATCH && check.layer() != layer)
                        .allMatch(check -> check.layer() == Layer.PROVENANCE && check.policy() == Check.Policy.WARN);
            });
        }

        private Verification verify() {
            return Verifier.verify(lock, StackConfigReader.read(yaml), server.endpoint(), Optional.empty());
        }
    }
}
