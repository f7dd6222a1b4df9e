package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.lock.Layer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The engine parameters that name files. */
final class LaunchPaths {
    static final String MODEL = "model.path";
    static final String PROJECTOR = "mmproj.path";
    static final String ADAPTERS = "lora_adapters";
    static final String VIDEO_TOOLS = "video_ffmpeg_bin_dir";
    /** The model that guesses ahead: its bytes decide which tokens are guessed, and with them what is summed up together. */
    static final String DRAFT = "speculative.draft.mparams.path";

    private static final Set<String> SINGLE = Set.of(MODEL, PROJECTOR, VIDEO_TOOLS, DRAFT);

    private LaunchPaths() {}

    /** Returns parameters with the paths by which this process finds the files of another one. */
    static SortedMap<String, JsonNode> from(PathOrigin origin, SortedMap<String, JsonNode> params) {
        if (!origin.isElsewhere()) {
            return params;
        }
        SortedMap<String, JsonNode> found = new TreeMap<>();
        params.forEach((name, value) -> found.put(name, resolve(name, value, origin)));
        return found;
    }

    /** Returns a parameter's value with its paths made absolute from {@code folder}. */
    static JsonNode resolve(String name, JsonNode value, Path folder) {
        return resolve(name, value, PathOrigin.here(folder));
    }

    private static JsonNode resolve(String name, JsonNode value, PathOrigin origin) {
        if (SINGLE.contains(name) && value.isTextual()) {
            return TextNode.valueOf(absolute(origin, value.textValue()));
        }
        return name.equals(ADAPTERS) && value.isArray() ? resolveAdapters(value, origin) : value;
    }

    static Optional<Path> path(Map<String, JsonNode> params, String name) {
        return Optional.ofNullable(params.get(name))
                .filter(JsonNode::isTextual)
                .map(value -> Path.of(value.textValue()));
    }

    static StackConfig.Files files(Map<String, JsonNode> params) {
        return new StackConfig.Files(path(params, MODEL), path(params, PROJECTOR), adapters(params));
    }

    /** Returns the files beside the model that no other layer pins. */
    static List<NamedFile> beside(Map<String, JsonNode> params) {
        return path(params, DRAFT).map(draft -> new NamedFile(Layer.LAUNCH, DRAFT, draft)).stream()
                .toList();
    }

    private static List<StackConfig.Adapter> adapters(Map<String, JsonNode> params) {
        List<StackConfig.Adapter> adapters = new ArrayList<>();
        for (JsonNode adapter : params.getOrDefault(ADAPTERS, JsonNodeFactory.instance.arrayNode())) {
            if (adapter.path("path").isTextual()) {
                Path path = Path.of(adapter.get("path").textValue());
                adapters.add(new StackConfig.Adapter(path, adapter.path("scale").asDouble(1)));
            }
        }
        return adapters;
    }

    private static ArrayNode resolveAdapters(JsonNode adapters, PathOrigin origin) {
        ArrayNode resolved = JsonNodeFactory.instance.arrayNode();
        for (JsonNode adapter : adapters) {
            resolved.add(
                    adapter.path("path").isTextual()
                            ? ((ObjectNode) adapter.deepCopy())
                                    .put(
                                            "path",
                                            absolute(origin, adapter.get("path").textValue()))
                            : adapter);
        }
        return resolved;
    }

    private static String absolute(PathOrigin origin, String path) {
        return origin.resolve(path).toAbsolutePath().normalize().toString();
    }
}
