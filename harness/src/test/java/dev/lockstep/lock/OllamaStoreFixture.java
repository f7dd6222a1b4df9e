package dev.lockstep.lock;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockstep.document.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A store as Ollama keeps it: blobs by SHA-256, and a manifest for each tag. */
public final class OllamaStoreFixture {
    public static final String PARAMS = "{\"temperature\":0.7,\"stop\":[\"<|im_end|>\"]}";

    private static final Path MODEL = Path.of("../baselines/tiny-qwen3-vl/model");

    private final Path store;
    private final List<String> layers = new ArrayList<>();

    public OllamaStoreFixture(Path store) throws IOException {
        this.store = store;
        Files.createDirectories(store.resolve("blobs"));
    }

    /** Returns a store that holds the shipped model. */
    public static OllamaStoreFixture tiny(Path store) throws IOException {
        assumeTrue(Files.isDirectory(MODEL), () -> MODEL + " is not here");
        return new OllamaStoreFixture(store)
                .file("model", MODEL.resolve("tinyvl-F16.gguf"))
                .file("projector", MODEL.resolve("mmproj-tinyvl-F16.gguf"))
                .text("template", "{{ .Prompt }}")
                .text("system", "You are tiny.")
                .text("params", PARAMS)
                .text("license", "Apache-2.0");
    }

    public Path path() {
        return store;
    }

    /** Returns where the manifest of {@code tiny:tag} lies. */
    public Path manifest(String tag) {
        return store.resolve("manifests/registry.ollama.ai/library/tiny").resolve(tag);
    }

    public Path blob(byte[] content) {
        return store.resolve("blobs").resolve("sha256-" + Sha256.of(content));
    }

    public OllamaStoreFixture file(String kind, Path file) throws IOException {
        return layer(kind, Files.readAllBytes(file), "");
    }

    public OllamaStoreFixture text(String kind, String text) throws IOException {
        return layer(kind, text.getBytes(StandardCharsets.UTF_8), "");
    }

    /** Adds a layer that has a name in its manifest. */
    public OllamaStoreFixture named(String kind, String name, String text) throws IOException {
        return layer(kind, text.getBytes(StandardCharsets.UTF_8), ",\"name\":\"" + name + "\"");
    }

    /** Writes the manifest of {@code tiny:tag} and forgets the layers. */
    public void tag(String tag, String configuration) throws IOException {
        Files.createDirectories(manifest(tag).resolveSibling(""));
        Files.writeString(manifest(tag), manifestText(configuration));
    }

    /** Stores a configuration, returns the manifest of the layers so far, and forgets them. */
    public String manifestText(String configuration) throws IOException {
        String config = descriptor(
                "application/vnd.docker.container.image.v1+json", configuration.getBytes(StandardCharsets.UTF_8), "");
        String text = "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.docker.distribution.manifest.v2+json\","
                + "\"config\":" + config + ",\"layers\":[" + String.join(",", layers) + "]}";
        layers.clear();
        return text;
    }

    private OllamaStoreFixture layer(String kind, byte[] content, String name) throws IOException {
        layers.add(descriptor("application/vnd.ollama.image." + kind, content, name));
        return this;
    }

    private String descriptor(String mediaType, byte[] content, String name) throws IOException {
        Files.write(blob(content), content);
        return "{\"mediaType\":\"" + mediaType + "\",\"digest\":\"sha256:" + Sha256.of(content) + "\",\"size\":"
                + content.length + name + "}";
    }
}
