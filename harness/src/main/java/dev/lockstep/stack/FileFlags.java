package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.lock.Layer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files that the command lines of llama.cpp, vLLM and SGLang name.
 *
 * @param origin where their paths begin
 */
record FileFlags(List<ArgvFlags.Word> words, PathOrigin origin) {
    private static final String PATH = "${path}";
    private static final Map<String, String> MODEL_PARAMS = Map.of(
            "-m", LaunchPaths.MODEL,
            "--model", LaunchPaths.MODEL,
            "-mm", LaunchPaths.PROJECTOR,
            "--mmproj", LaunchPaths.PROJECTOR);
    private static final Set<String> LORA = Set.of("--lora", "--lora-scaled");
    private static final Set<String> VECTORS = Set.of("--control-vector", "--control-vector-scaled");
    private static final Set<String> MODULES = Set.of("--lora-modules", "--lora-paths");
    private static final Set<String> OF_THE_LAUNCH = Set.of(
            "--chat-template",
            "--chat-template-file",
            "--config",
            "--grammar-file",
            "--json-schema-file",
            "--model-draft",
            "--models-preset",
            "--spec-draft-model",
            "--speculative-draft-model-path",
            "--tokenizer",
            "--tokenizer-path",
            "-jf",
            "-md");
    private static final Pattern SCALED = Pattern.compile("([^,]+?)(?::([-+0-9.eE]+))?(?:,|$)");
    private static final Pattern NAMED = Pattern.compile("(?:[\\w.-]+=)?(.+)");
    private static final Pattern JSON = Pattern.compile("\\{.*\"path\"\\s*:\\s*\"([^\"]*)\".*", Pattern.DOTALL);

    FileFlags {
        words = List.copyOf(words);
    }

    /** Returns model, projector and LoRA adapters as the embedded server is given them. */
    SortedMap<String, JsonNode> params() {
        SortedMap<String, JsonNode> params = new TreeMap<>();
        ArrayNode adapters = JsonNodeFactory.instance.arrayNode();
        for (ArgvFlags.Word word : words) {
            String param = MODEL_PARAMS.get(word.flag());
            if (param != null && word.number() == 0 && isFile(word.value())) {
                params.put(param, TextNode.valueOf(origin.resolve(word.value()).toString()));
            }
            if (LORA.contains(word.flag()) && !word.isFlag()) {
                addAdapters(word, adapters);
            }
        }
        if (!adapters.isEmpty()) {
            params.put(LaunchPaths.ADAPTERS, adapters);
        }
        return params;
    }

    /** Returns the other files, each under its flag and a number; texts and names in place of a file are left out. */
    List<NamedFile> named() {
        List<NamedFile> named = new ArrayList<>();
        Map<String, Integer> numbers = new TreeMap<>();
        for (ArgvFlags.Word word : words) {
            boolean isAdapter = VECTORS.contains(word.flag()) || MODULES.contains(word.flag());
            boolean isNamed = isAdapter || OF_THE_LAUNCH.contains(word.flag());
            if (word.isFlag() || !isNamed) {
                continue;
            }
            Layer layer = isAdapter ? Layer.ADAPTERS : Layer.LAUNCH;
            for (String path : paths(word)) {
                String flag = word.flag() + "." + numbers.merge(word.flag(), 1, Integer::sum);
                named.add(new NamedFile(layer, flag, origin.resolve(path)));
            }
        }
        return List.copyOf(named);
    }

    /** Returns the value of a word with placeholders for its paths; the digests of the files stand for them. */
    String withoutPaths(ArgvFlags.Word word) {
        String value = word.value();
        for (String path : paths(word)) {
            value = isFile(path) ? value.replace(path, PATH) : value;
        }
        return value;
    }

    private List<String> paths(ArgvFlags.Word word) {
        String flag = word.flag();
        if (word.isFlag() || isScale(word)) {
            return List.of();
        }
        if (LORA.contains(flag) || VECTORS.contains(flag)) {
            return SCALED.matcher(word.value())
                    .results()
                    .map(part -> part.group(1))
                    .toList();
        }
        if (MODULES.contains(flag)) {
            return List.of(pathOfNamed(word.value()));
        }
        boolean isOfFile = MODEL_PARAMS.containsKey(flag) || OF_THE_LAUNCH.contains(flag);
        return isOfFile && word.number() == 0 && isFile(word.value()) ? List.of(word.value()) : List.of();
    }

    private static String pathOfNamed(String value) {
        Matcher json = JSON.matcher(value);
        if (json.matches()) {
            return json.group(1);
        }
        Matcher named = NAMED.matcher(value);
        return named.matches() ? named.group(1) : value;
    }

    private void addAdapters(ArgvFlags.Word word, ArrayNode adapters) {
        if (isScale(word)) {
            ((ObjectNode) adapters.get(adapters.size() - 1)).put("scale", scale(word.value()));
            return;
        }
        SCALED.matcher(word.value())
                .results()
                .forEach(part -> adapters.addObject()
                        .put("path", origin.resolve(part.group(1)).toString())
                        .put("scale", part.group(2) == null ? 1 : scale(part.group(2))));
    }

    /** What is no number stays in the launch as it is. */
    private static double scale(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return 1;
        }
    }

    /** Older servers take the scale as a word of its own. */
    private static boolean isScale(ArgvFlags.Word word) {
        return word.flag().endsWith("-scaled") && word.number() == 1;
    }

    private boolean isFile(String value) {
        return LaunchLine.isPath(value) || value.endsWith(".gguf") || exists(value);
    }

    /** A template in place of a file may hold what no path may, or what the locale of this process cannot write. */
    private boolean exists(String value) {
        try {
            return Files.exists(origin.resolve(value));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
