package dev.lockstep.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a server was started with.
 *
 * @param params the parameters that name files, and for the embedded server all others too
 * @param fields the launch layer: ports, hosts, paths and keys are placeholders
 */
record LaunchLine(SortedMap<String, JsonNode> params, SortedMap<String, JsonNode> fields) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EMBEDDED_SERVER = "serve.py";
    private static final String LAUNCH = "--launch";
    private static final Map<String, String> PLACEHOLDERS =
            Map.of("--port", "${port}", "--host", "${host}", "--api-key", "${secret}");
    private static final Map<String, String> FILE_FLAGS = Map.of(
            "-m",
            LaunchPaths.MODEL,
            "--model",
            LaunchPaths.MODEL,
            "-mm",
            LaunchPaths.PROJECTOR,
            "--mmproj",
            LaunchPaths.PROJECTOR);
    private static final Set<String> OTHER_LAYERS = Set.of(LaunchPaths.ADAPTERS, LaunchPaths.VIDEO_TOOLS);
    private static final String PATH = "${path}";

    LaunchLine {
        params = Collections.unmodifiableSortedMap(new TreeMap<>(params));
        fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
    }

    static LaunchLine of(LocalProcess process) {
        Optional<SortedMap<String, JsonNode>> embedded = embedded(process.argv());
        return embedded.map(LaunchLine::of).orElseGet(() -> foreign(process));
    }

    /** Describes a launch by its parameters; adapters and video tools belong to other layers. */
    static LaunchLine of(SortedMap<String, JsonNode> params) {
        SortedMap<String, JsonNode> fields = new TreeMap<>();
        params.forEach((name, value) -> {
            if (!OTHER_LAYERS.contains(name)) {
                fields.put(name, isPath(value.asText()) ? TextNode.valueOf(PATH) : value);
            }
        });
        return new LaunchLine(params, fields);
    }

    private static LaunchLine foreign(LocalProcess process) {
        ArrayNode words = JsonNodeFactory.instance.arrayNode();
        normal(process.argv()).forEach(words::add);
        SortedMap<String, JsonNode> params = new TreeMap<>();
        List<String> argv = process.argv();
        for (int i = 0; i + 1 < argv.size(); i++) {
            String param = FILE_FLAGS.get(argv.get(i));
            if (param != null) {
                Path file = process.folder().resolve(argv.get(i + 1));
                params.put(param, TextNode.valueOf(file.toString()));
            }
        }
        return new LaunchLine(params, new TreeMap<>(Map.of("argv", words)));
    }

    private static Optional<SortedMap<String, JsonNode>> embedded(List<String> argv) {
        int flag = argv.indexOf(LAUNCH);
        boolean isEmbedded = argv.stream().anyMatch(word -> word.endsWith(EMBEDDED_SERVER));
        return isEmbedded && flag >= 0 && flag + 1 < argv.size() ? object(argv.get(flag + 1)) : Optional.empty();
    }

    private static Optional<SortedMap<String, JsonNode>> object(String text) {
        try {
            SortedMap<String, JsonNode> params = new TreeMap<>();
            JSON.readTree(text).properties().forEach(param -> params.put(param.getKey(), param.getValue()));
            return Optional.of(params);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static List<String> normal(List<String> argv) {
        List<String> normal = new ArrayList<>();
        String placeholder = "";
        for (String word : argv) {
            normal.add(placeholder.isEmpty() ? normal(word) : placeholder);
            placeholder = PLACEHOLDERS.getOrDefault(word, FILE_FLAGS.containsKey(word) ? PATH : "");
        }
        return normal;
    }

    private static String normal(String word) {
        int equals = word.indexOf('=');
        if (word.startsWith("--") && equals > 0) {
            String flag = word.substring(0, equals);
            String value = word.substring(equals + 1);
            return flag + "=" + PLACEHOLDERS.getOrDefault(flag, normal(value));
        }
        return isPath(word) ? PATH : word;
    }

    private static boolean isPath(String value) {
        return value.startsWith("/") || value.startsWith("./") || value.startsWith("../");
    }
}
