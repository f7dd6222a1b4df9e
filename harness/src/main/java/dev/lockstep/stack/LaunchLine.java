package dev.lockstep.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
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
 * @param fields the launch layer: ports, hosts, paths and secrets are placeholders
 * @param named the other files that it names
 */
record LaunchLine(SortedMap<String, JsonNode> params, SortedMap<String, JsonNode> fields, List<NamedFile> named) {
    static final String PORT = "${port}";
    static final String HOST = "${host}";
    static final String PATH = "${path}";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EMBEDDED_SERVER = "serve.py";
    private static final String LAUNCH = "--launch";
    private static final Map<String, String> PLACEHOLDERS = Map.ofEntries(
            Map.entry("--data-parallel-address", HOST),
            Map.entry("--data-parallel-rpc-port", PORT),
            Map.entry("--dist-init-addr", HOST),
            Map.entry("--host", HOST),
            Map.entry("--hostname", HOST),
            Map.entry("--log-dir", PATH),
            Map.entry("--log-file", PATH),
            Map.entry("--master-addr", HOST),
            Map.entry("--master-port", PORT),
            Map.entry("--nccl-port", PORT),
            Map.entry("--port", PORT),
            Map.entry("--prometheus-port", PORT));
    private static final Set<String> OTHER_LAYERS = Set.of(LaunchPaths.ADAPTERS, LaunchPaths.VIDEO_TOOLS);

    LaunchLine {
        params = Collections.unmodifiableSortedMap(new TreeMap<>(params));
        fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
        named = List.copyOf(named);
    }

    static LaunchLine of(LocalProcess process) {
        Optional<SortedMap<String, JsonNode>> embedded = embedded(process.argv());
        return embedded.map(params -> of(LaunchPaths.from(process.origin(), params)))
                .orElseGet(() -> foreign(process));
    }

    /** Describes a launch by its parameters; adapters and video tools belong to other layers. */
    static LaunchLine of(SortedMap<String, JsonNode> params) {
        SortedMap<String, JsonNode> fields = new TreeMap<>();
        params.forEach((name, value) -> {
            if (!OTHER_LAYERS.contains(name)) {
                fields.put(name, kept(name, value));
            }
        });
        return new LaunchLine(params, fields, LaunchPaths.beside(params));
    }

    private static JsonNode kept(String name, JsonNode value) {
        if (SecretWords.isSecret(name)) {
            return TextNode.valueOf(SecretWords.PLACEHOLDER);
        }
        if (!value.isTextual()) {
            return value;
        }
        return TextNode.valueOf(isPath(value.textValue()) ? PATH : SecretWords.mask(value.textValue()));
    }

    private static LaunchLine foreign(LocalProcess process) {
        FileFlags files = new FileFlags(ArgvFlags.of(process.argv()), process.origin());
        SortedMap<String, JsonNode> fields = new TreeMap<>(process.environment());
        fields.put("argv", words(files));
        return new LaunchLine(files.params(), fields, files.named());
    }

    /** Returns a command line as the lock holds it, word by word. */
    static ArrayNode words(FileFlags files) {
        ArrayNode argv = JsonNodeFactory.instance.arrayNode();
        files.words().forEach(word -> argv.add(normal(word, files)));
        return argv;
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

    private static String normal(ArgvFlags.Word word, FileFlags files) {
        if (word.isFlag()) {
            return SecretWords.mask(word.flag());
        }
        String value = value(word, files);
        return word.joined() ? word.flag() + "=" + value : value;
    }

    private static String value(ArgvFlags.Word word, FileFlags files) {
        if (SecretWords.isSecret(word.flag())) {
            return SecretWords.PLACEHOLDER;
        }
        String placeholder = PLACEHOLDERS.get(word.flag());
        if (placeholder != null && word.number() == 0) {
            return placeholder;
        }
        String value = files.withoutPaths(word);
        return isPath(value) ? PATH : SecretWords.mask(value);
    }

    static boolean isPath(String value) {
        return value.startsWith("/") || value.startsWith("./") || value.startsWith("../");
    }
}
