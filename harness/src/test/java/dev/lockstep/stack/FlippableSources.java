package dev.lockstep.stack;

import dev.lockstep.lock.HubCacheFixture;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.OllamaStoreFixture;
import dev.lockstep.lock.SafetensorsFixture;
import dev.lockstep.lock.TinyModelFolder;
import dev.lockstep.testing.GgufBytes;
import dev.lockstep.testing.TinyGguf;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** The shipped models in every form that a lock is made from, each file with what its bytes are for. */
record FlippableSources(Path root) {
    private static final Map<String, Layer> WHOLE = Map.of(
            "model.safetensors", Layer.WEIGHTS,
            "chat_template.jinja", Layer.TEMPLATE,
            "merges.txt", Layer.TOKENIZER,
            "tokenizer.json", Layer.TOKENIZER,
            "vocab.json", Layer.TOKENIZER);
    private static final Map<String, Function<String, Layer>> SPLIT = Map.of(
            "config.json", pointer -> pointer.endsWith("/dtype") ? Layer.QUANTIZATION : Layer.MODEL_CONFIG,
            "generation_config.json", pointer -> Layer.GENERATION_DEFAULTS,
            "preprocessor_config.json", pointer -> Layer.PROCESSOR,
            "video_preprocessor_config.json", pointer -> Layer.PROCESSOR,
            "tokenizer_config.json", pointer -> pointer.equals("/chat_template") ? Layer.TEMPLATE : Layer.TOKENIZER);

    /** A folder in Hugging Face's layout, with a projector and two adapters beside it. */
    FlippedSource folder() throws IOException {
        Path place = place("folder");
        Path model = TinyModelFolder.copyTo(place.resolve("model"));
        Path projector = Files.copy(TinyGguf.projector(), place.resolve("mmproj.gguf"));
        Path lora = TinyGguf.lora(place.resolve("lora.gguf"));
        Path style = peft(place.resolve("style"));
        List<FlippedSource.Target> targets = new ArrayList<>(ofFolder(model, "model"));
        targets.add(gguf(projector, "projector"));
        targets.add(gguf(lora, "adapter.1"));
        for (Path file : listed(style)) {
            String name = file.getFileName().toString();
            FlipForecast.Forecaster forecaster = name.endsWith(".json")
                    ? FlipForecast.json(Files.readAllBytes(file), pointer -> Layer.ADAPTERS)
                    : FlipForecast.whole(Layer.ADAPTERS);
            targets.add(FlippedSource.Target.of(file, "adapter.2", name, forecaster));
        }
        return source(place, "{weights: model, projector: mmproj.gguf, adapters: [lora.gguf, style]}", targets);
    }

    /** A snapshot in a hub's cache, reached through its links. */
    FlippedSource hub() throws IOException {
        Path place = place("hub");
        String commit = HubCacheFixture.commit('a');
        HubCacheFixture cache = new HubCacheFixture(place.resolve("cache"))
                .with(commit, TinyModelFolder.copyTo(place.resolve("model")))
                .ref("main", commit);
        return source(place, "{repo: tiny/vl, cache_dir: cache}", ofFolder(cache.snapshot(commit), "model"));
    }

    /** A language model and its projector as GGUF files. */
    FlippedSource ggufs() throws IOException {
        Path place = place("ggufs");
        Path model = TinyGguf.withSampling(place.resolve("model.gguf"));
        Path projector = Files.copy(TinyGguf.projector(), place.resolve("mmproj.gguf"));
        return source(
                place,
                "{weights: model.gguf, projector: mmproj.gguf}",
                List.of(gguf(model, "model"), gguf(projector, "projector")));
    }

    /** A model of Ollama's: blobs, and the manifest that names them. */
    FlippedSource ollama() throws IOException {
        Path place = place("ollama");
        OllamaStoreFixture store = OllamaStoreFixture.tiny(place.resolve("store"));
        String configuration = "{\"model_format\":\"gguf\",\"model_family\":\"qwen3vl\",\"file_type\":\"F16\","
                + "\"renderer\":\"qwen3-vl\"}";
        store.tag("latest", configuration);
        Function<String, Layer> keys = pointer -> switch (pointer) {
            case "/renderer" -> Layer.TEMPLATE;
            case "/file_type" -> Layer.QUANTIZATION;
            default -> Layer.MODEL_CONFIG;
        };
        List<FlippedSource.Target> targets = new ArrayList<>();
        targets.add(gguf(store.blob(Files.readAllBytes(TinyGguf.model())), "model"));
        targets.add(gguf(store.blob(Files.readAllBytes(TinyGguf.projector())), "projector"));
        targets.add(part(store, "template", "{{ .Prompt }}", FlipForecast.whole(Layer.TEMPLATE)));
        targets.add(part(store, "system", "You are tiny.", FlipForecast.whole(Layer.TEMPLATE)));
        targets.add(part(store, "license", "Apache-2.0", FlipForecast.note()));
        targets.add(part(
                store,
                "params",
                OllamaStoreFixture.PARAMS,
                json(OllamaStoreFixture.PARAMS, pointer -> Layer.GENERATION_DEFAULTS)));
        targets.add(part(store, "config", configuration, json(configuration, keys)));
        return source(place, "{ollama: {model: tiny, store: store}}", targets);
    }

    /** The manifest itself: what it no longer names is missing, so anything may break. */
    FlippedSource ollamaManifest() throws IOException {
        Path place = place("manifest");
        OllamaStoreFixture store = OllamaStoreFixture.tiny(place.resolve("store"));
        store.tag("latest", "{}");
        return source(
                place,
                "{ollama: {model: tiny, store: store}}",
                List.of(new FlippedSource.Target(store.manifest("latest"), field -> true, FlipForecast.told())));
    }

    /** A model that others trained and quantized. */
    FlippedSource gguf(Path model) throws IOException {
        Path place = place("other");
        Path copy = Files.copy(model, place.resolve("model.gguf"));
        return source(place, "{weights: model.gguf}", List.of(gguf(copy, "model")));
    }

    private static FlippedSource.Target part(
            OllamaStoreFixture store, String path, String content, FlipForecast.Forecaster forecaster) {
        return FlippedSource.Target.of(
                store.blob(content.getBytes(StandardCharsets.UTF_8)), "ollama", path, forecaster);
    }

    private static FlipForecast.Forecaster json(String text, Function<String, Layer> keys) throws IOException {
        return FlipForecast.json(text.getBytes(StandardCharsets.UTF_8), keys);
    }

    private static List<FlippedSource.Target> ofFolder(Path folder, String role) throws IOException {
        List<FlippedSource.Target> targets = new ArrayList<>();
        for (Path file : listed(folder)) {
            String name = file.getFileName().toString();
            targets.add(FlippedSource.Target.of(file, role, name, forecaster(name, file)));
        }
        return targets;
    }

    private static FlipForecast.Forecaster forecaster(String name, Path file) throws IOException {
        Function<String, Layer> keys = SPLIT.get(name);
        if (keys != null) {
            return FlipForecast.json(Files.readAllBytes(file), keys);
        }
        Layer whole = WHOLE.get(name);
        return whole == null ? FlipForecast.note() : FlipForecast.whole(whole);
    }

    private static FlippedSource.Target gguf(Path file, String role) throws IOException {
        boolean isAdapter = role.startsWith("adapter");
        Function<String, Layer> keys = key -> isAdapter ? Layer.ADAPTERS : layerOf(key);
        return FlippedSource.Target.gguf(
                file, role, FlipForecast.gguf(GgufBytes.of(file), keys, isAdapter ? Layer.ADAPTERS : Layer.WEIGHTS));
    }

    private static Layer layerOf(String key) {
        if (key.startsWith("tokenizer.")) {
            return key.startsWith("tokenizer.chat_template") ? Layer.TEMPLATE : Layer.TOKENIZER;
        }
        return switch (key) {
            case "general.file_type", "general.quantization_version" -> Layer.QUANTIZATION;
            default -> {
                boolean isDefault = key.startsWith("general.sampling.");
                Layer other = key.startsWith("clip.") ? Layer.PROCESSOR : Layer.MODEL_CONFIG;
                yield isDefault ? Layer.GENERATION_DEFAULTS : other;
            }
        };
    }

    private static Path peft(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("adapter_config.json"), """
                {"peft_type": "LORA", "r": 8, "lora_alpha": 16.0, "target_modules": ["q_proj"], "bias": null}
                """);
        new SafetensorsFixture().tensor("q_proj", new byte[1000]).write(folder.resolve("adapter_model.safetensors"));
        return folder;
    }

    private static List<Path> listed(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private Path place(String name) throws IOException {
        return Files.createDirectories(root.resolve(name));
    }

    private static FlippedSource source(Path place, String files, List<FlippedSource.Target> targets)
            throws IOException {
        Files.writeString(place.resolve("stack.yaml"), """
                schema: stack/1
                name: flipped
                engine: vllm
                model: tiny
                endpoint: {url: "http://127.0.0.1:1"}
                files: %s
                """.formatted(files));
        return FlippedSource.of(StackConfigReader.read(place), targets);
    }
}
