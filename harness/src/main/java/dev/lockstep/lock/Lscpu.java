package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.DocumentReader;
import dev.lockstep.document.Problems;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads the two forms of {@code lscpu}: lines, and JSON whose fields are nested since util-linux 2.37. */
record Lscpu(Path file, Problems problems) {
    /** The Java names of machines that Linux calls otherwise. */
    private static final Map<String, String> ARCHITECTURES = Map.of("x86_64", "amd64", "arm64", "aarch64");

    private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");

    SortedMap<String, JsonNode> read(String text) {
        SortedMap<String, String> values = text.stripLeading().startsWith("{") ? ofJson(text) : ofLines(text);
        SortedMap<String, JsonNode> found = new TreeMap<>();
        value(values, "Architecture")
                .ifPresent(name -> found.put("architecture", text(ARCHITECTURES.getOrDefault(name, name))));
        value(values, "Model name").ifPresent(name -> found.put("cpu", text(name)));
        value(values, "Flags").ifPresent(names -> found.put("instructionSet", Hardware.digest(names)));
        value(values, "CPU(s)")
                .filter(count -> NUMBER.matcher(count).matches())
                .ifPresent(count -> found.put("cores", IntNode.valueOf(Integer.parseInt(count))));
        return found;
    }

    private static JsonNode text(String value) {
        return TextNode.valueOf(value);
    }

    private static Optional<String> value(Map<String, String> values, String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty() && !value.equals("-"));
    }

    private static SortedMap<String, String> ofLines(String text) {
        SortedMap<String, String> values = new TreeMap<>();
        text.lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                values.putIfAbsent(
                        line.substring(0, colon).strip(),
                        line.substring(colon + 1).strip());
            }
        });
        return values;
    }

    private SortedMap<String, String> ofJson(String text) {
        SortedMap<String, String> values = new TreeMap<>();
        DocumentReader.read(file, text, problems)
                .map(DocumentNode::toJson)
                .ifPresent(root -> add(root.path("lscpu"), values));
        return values;
    }

    private static void add(JsonNode entries, Map<String, String> values) {
        for (JsonNode entry : entries) {
            String name = entry.path("field").asText().replaceFirst(":$", "");
            values.putIfAbsent(name.strip(), entry.path("data").asText().strip());
            add(entry.path("children"), values);
        }
    }
}
