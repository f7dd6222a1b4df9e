package dev.lockstep.derivation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.document.CanonicalJson;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.ModelSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A LoRA or DoRA adapter: a GGUF file as llama.cpp reads it, or a folder as PEFT 0.17 writes it.
 *
 * @param digest of all that an engine takes from it
 * @param pairs what it says of each matrix, by the name of the matrix
 * @param others names of tensors in it that are no part of such a pair
 */
record LowRankAdapter(String digest, SortedMap<String, StoredPair> pairs, SortedSet<String> others) {
    private static final String CONFIG = "adapter.adapter_config.json#";
    private static final Pattern PART =
            Pattern.compile("(?:base_model\\.model\\.)?(.+?)\\.lora_(a|b|A|B|magnitude_vector)(?:\\.[^.]+)*");
    private static final String WEIGHT = ".weight";

    /** Returns the digest alone. */
    static String digest(Path path) {
        return digest(settings(path));
    }

    /** Tells whether it trains the lengths of rows, which makes it one of DoRA. */
    static boolean trainsLengths(Path path) {
        return WeightFiles.of(List.of(path)).names().stream()
                .map(PART::matcher)
                .anyMatch(part -> part.matches() && part.group(2).equals("magnitude_vector"));
    }

    /** Reads it. @throws LockstepException of kind CONFIG when it cannot be read, or keeps its pairs in another way */
    static LowRankAdapter read(Path path) {
        SortedMap<String, JsonNode> settings = settings(path);
        if (settings.getOrDefault(CONFIG + "/fan_in_fan_out", MissingNode.getInstance())
                .asBoolean()) {
            throw new LockstepException(
                    ErrorKind.CONFIG,
                    path + ": is an adapter of transposed matrices (fan_in_fan_out), which are not checked;"
                            + " name the tensors in 'changes' in place of it");
        }
        return new Reading(settings, WeightFiles.of(List.of(path))).read();
    }

    private static SortedMap<String, JsonNode> settings(Path path) {
        return new TreeMap<>(
                ModelSource.at(path).read("adapter").proof().getOrDefault(Layer.ADAPTERS, new TreeMap<>()));
    }

    private static String digest(SortedMap<String, JsonNode> settings) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        settings.forEach(all::set);
        return "sha256:" + CanonicalJson.sha256(all);
    }

    /** Collects the parts of each pair. */
    private static final class Reading {
        private final SortedMap<String, JsonNode> settings;
        private final WeightFiles files;
        private final SortedMap<String, String> down = new TreeMap<>();
        private final SortedMap<String, String> up = new TreeMap<>();
        private final SortedMap<String, String> lengths = new TreeMap<>();
        private final SortedSet<String> others = new TreeSet<>();

        Reading(SortedMap<String, JsonNode> settings, WeightFiles files) {
            this.settings = settings;
            this.files = files;
        }

        LowRankAdapter read() {
            files.names().forEach(this::add);
            SortedMap<String, StoredPair> pairs = new TreeMap<>();
            down.forEach((matrix, name) -> Optional.ofNullable(up.get(matrix))
                    .ifPresentOrElse(
                            partner -> pairs.put(matrix, pair(matrix, name, partner)), () -> others.add(name)));
            return new LowRankAdapter(digest(settings), pairs, others);
        }

        private void add(String name) {
            Matcher part = PART.matcher(name);
            if (!part.matches() || !files.holdNumbers(name)) {
                others.add(name);
                return;
            }
            String matrix = part.group(1).endsWith(WEIGHT) ? part.group(1) : part.group(1) + WEIGHT;
            switch (part.group(2)) {
                case "a", "A" -> down.put(matrix, name);
                case "b", "B" -> up.put(matrix, name);
                default -> lengths.put(matrix, name);
            }
        }

        private StoredPair pair(String matrix, String downName, String upName) {
            return new StoredPair(
                    files,
                    downName,
                    upName,
                    Optional.ofNullable(lengths.get(matrix)),
                    alpha(matrix.substring(0, matrix.length() - WEIGHT.length())),
                    setting("/use_rslora").asBoolean());
        }

        /** llama.cpp takes an alpha of 0 as none. */
        private Optional<Double> alpha(String module) {
            JsonNode inGguf = settings.get("adapter.adapter.lora.alpha");
            if (inGguf != null) {
                return Optional.of(inGguf.asDouble()).filter(alpha -> alpha != 0);
            }
            String pattern = CONFIG + "/alpha_pattern/";
            JsonNode alpha = settings.tailMap(pattern).entrySet().stream()
                    .takeWhile(each -> each.getKey().startsWith(pattern))
                    .filter(each -> module.matches("(.*\\.)?" + each.getKey().substring(pattern.length())))
                    .findFirst()
                    .map(Map.Entry::getValue)
                    .orElseGet(() -> setting("/lora_alpha"));
            return Optional.of(alpha).filter(JsonNode::isNumber).map(JsonNode::asDouble);
        }

        private JsonNode setting(String pointer) {
            return settings.getOrDefault(CONFIG + pointer, MissingNode.getInstance());
        }
    }
}
