package dev.lockstep.lock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.document.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a model in Ollama's store is made of.
 *
 * @param sha256 of the manifest's bytes: the digest that {@code ollama list} shows the beginning of
 * @param layers its parts in their order, the configuration first
 */
record OllamaManifest(Path file, String sha256, List<Part> layers) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern DIGEST = Pattern.compile("sha256[:-][0-9a-f]{64}");
    private static final String LIST = "application/vnd.ollama.manifest.list.v2+json";
    private static final String CONFIG = "application/vnd.docker.container.image.v1+json";
    private static final String IMAGE = "application/vnd.ollama.image.";
    /** Newer releases write the first folder, and read both. */
    private static final List<String> FOLDERS = List.of("manifests-v2", "manifests");
    /** In which order Ollama chooses, but for Macs, where mlx comes first. */
    private static final List<String> RUNNERS = List.of("ollama", "llamacpp", "mlx");

    OllamaManifest {
        layers = List.copyOf(layers);
    }

    /**
     * A blob.
     *
     * @param kind the end of its media type: {@code model}, {@code template}; {@code config} for the configuration
     * @param name of a tensor or file; empty for others
     */
    record Part(String kind, String name, Path blob, String sha256, long size) {}

    /** Reads it. @throws LockstepException of kind CONFIG when the store has no such model, or its manifest is damaged */
    static OllamaManifest read(Path store, String model) {
        Path file = file(store, model);
        try {
            byte[] bytes = Files.readAllBytes(file);
            JsonNode root = runnable(store, file, JSON.readTree(bytes));
            return new OllamaManifest(file, Sha256.of(bytes), parts(store, file, root));
        } catch (NoSuchFileException e) {
            throw broken(file, "the store has no model '" + model + "'; fetch it: ollama pull " + model, e);
        } catch (JsonProcessingException e) {
            throw broken(file, "is not valid JSON; fetch the model again: ollama pull " + model, e);
        } catch (IOException e) {
            throw broken(file, "cannot be read (" + e + "); check its permissions", e);
        }
    }

    private static Path file(Path store, String model) {
        String path = OllamaName.of(model)
                .orElseThrow(() -> new IllegalArgumentException("'" + model + "' is no name of a model in Ollama"))
                .path();
        return FOLDERS.stream()
                .map(folder -> store.resolve(folder).resolve(path))
                .filter(Files::exists)
                .findFirst()
                .orElseGet(() -> store.resolve(FOLDERS.getLast()).resolve(path));
    }

    private static JsonNode runnable(Path store, Path file, JsonNode root) throws IOException {
        if (!root.path("mediaType").asText().equals(LIST)) {
            return root;
        }
        for (String runner : RUNNERS) {
            for (JsonNode child : root.path("manifests")) {
                if (child.path("runner").asText().equals(runner)) {
                    return child.has("layers")
                            ? child
                            : JSON.readTree(Files.readAllBytes(blob(store, file, child.path("digest"))));
                }
            }
        }
        throw broken(file, "lists no manifest for one of " + String.join(", ", RUNNERS) + "; fetch the model again");
    }

    private static List<Part> parts(Path store, Path file, JsonNode root) {
        if (!root.path("config").has("digest") || !root.path("layers").isArray()) {
            throw broken(file, "is no manifest: it needs 'config' and 'layers'; fetch the model again");
        }
        List<Part> parts = new ArrayList<>();
        parts.add(part(store, file, root.path("config")));
        root.path("layers").forEach(layer -> parts.add(part(store, file, layer)));
        return parts;
    }

    private static Part part(Path store, Path file, JsonNode layer) {
        Path blob = blob(store, file, layer.path("digest"));
        String type = layer.path("mediaType").asText();
        String kind = type.startsWith(IMAGE) ? type.substring(IMAGE.length()) : type;
        return new Part(
                type.equals(CONFIG) ? "config" : kind,
                layer.path("name").asText(),
                blob,
                layer.path("digest").asText().substring("sha256:".length()),
                layer.path("size").asLong());
    }

    private static Path blob(Path store, Path file, JsonNode digest) {
        if (!DIGEST.matcher(digest.asText()).matches()) {
            throw broken(
                    file,
                    "names the blob '" + digest.asText() + "', expected sha256: and 64 hex digits;"
                            + " fetch the model again");
        }
        return store.resolve("blobs").resolve(digest.asText().replace(':', '-'));
    }

    private static LockstepException broken(Path file, String message) {
        return new LockstepException(ErrorKind.CONFIG, file + ": " + message);
    }

    private static LockstepException broken(Path file, String message, IOException cause) {
        return new LockstepException(ErrorKind.CONFIG, file + ": " + message, cause);
    }
}
