package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.derivation.Derivation;
import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.Fields;
import dev.lockstep.document.NearestName;
import dev.lockstep.document.Position;
import dev.lockstep.document.Problems;
import dev.lockstep.lock.ImageReference;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Policies;
import dev.lockstep.lock.PolicyRules;
import dev.lockstep.lock.ShippedPolicies;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the fields of a stack that speak of layers: {@code declared}, {@code image}, {@code policies} and {@code floor}. */
final class LayerFields {
    private static final String DEFAULTS = "defaults";
    private static final List<String> KEYS =
            Arrays.stream(Layer.values()).map(Layer::key).toList();

    private final Fields stack;
    private final Problems problems;

    LayerFields(Fields stack, Problems problems) {
        this.stack = stack;
        this.problems = problems;
    }

    /** Reads the operator's words, with what {@code derivation} says among them. */
    Map<Layer, SortedMap<String, JsonNode>> declared(Derivation derivation) {
        Map<Layer, SortedMap<String, JsonNode>> declared = new EnumMap<>(Layer.class);
        stack.mapping("declared")
                .entries()
                .forEach((key, entry) -> layer("declared", key, entry.position())
                        .ifPresent(layer -> declared.put(layer, words(entry.value()))));
        image().ifPresent(image -> declared.computeIfAbsent(Layer.ENGINE, unused -> new TreeMap<>())
                .putAll(image.fields()));
        if (!derivation.steps().isEmpty()) {
            declared.computeIfAbsent(Layer.DERIVATION, unused -> new TreeMap<>())
                    .putAll(derivation.declared());
        }
        return declared;
    }

    private Optional<ImageReference> image() {
        Optional<String> text = stack.text(ImageReference.IMAGE);
        Optional<ImageReference> image = text.flatMap(ImageReference::of);
        if (text.isPresent() && image.isEmpty()) {
            stack.problem(
                    ImageReference.IMAGE,
                    "'image' is '" + text.get() + "'; expected name:tag@sha256: and 64 hex digits, such as"
                            + " vllm/vllm-openai:v0.33.0@sha256:…");
        }
        return image;
    }

    /** Reads the name of shipped policies, or rules, which may begin with that name as {@code defaults}. */
    Policies policies() {
        Optional<DocumentNode> node = stack.node("policies");
        if (node.isEmpty()) {
            return Policies.defaults();
        }
        if (node.get() instanceof DocumentNode.Scalar) {
            return shipped(stack, "policies");
        }
        Fields fields = Fields.of(node.get(), "policies", problems);
        Map<String, DocumentNode.Entry> entries = fields.entries();
        entries.remove(DEFAULTS);
        return shipped(fields, DEFAULTS).with(PolicyRules.read(entries, fields, problems));
    }

    private static Policies shipped(Fields fields, String name) {
        return fields.choice(name, ShippedPolicies.byKey(), ShippedPolicies.BARE_METAL)
                .policies();
    }

    Optional<Set<Layer>> floor() {
        if (!stack.has("floor")) {
            return Optional.empty();
        }
        Set<Layer> floor = EnumSet.noneOf(Layer.class);
        stack.texts("floor")
                .forEach(key -> layer("floor", key, stack.position("floor")).ifPresent(floor::add));
        return Optional.of(floor);
    }

    private Optional<Layer> layer(String owner, String key, Position position) {
        Optional<Layer> layer = Layer.of(key);
        if (layer.isEmpty()) {
            String remedy = NearestName.of(key, KEYS)
                    .map(near -> "did you mean '" + near + "'?")
                    .orElse("layers: " + String.join(", ", KEYS));
            problems.add(position, owner + ": unknown layer '" + key + "'; " + remedy);
        }
        return layer;
    }

    private static SortedMap<String, JsonNode> words(DocumentNode value) {
        SortedMap<String, JsonNode> words = new TreeMap<>();
        if (value instanceof DocumentNode.Mapping mapping) {
            mapping.entries()
                    .forEach((name, entry) -> words.put(name, entry.value().toJson()));
            return words;
        }
        words.put("value", value.toJson());
        return words;
    }
}
