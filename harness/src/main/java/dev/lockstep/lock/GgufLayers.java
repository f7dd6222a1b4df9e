package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.document.CanonicalJson;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A GGUF file split so that a change names one layer.
 *
 * <p>Small values stand as they are. A value whose canonical JSON is longer than {@value #LONGEST_READABLE} characters
 * becomes {@code sha256:} and the digest of that JSON, beside a field {@code .length} (items of a list, characters of a
 * text); a chat template always does. Numbers are hashed by value, so that {@code u32} 2 and {@code i64} 2 are the same.
 *
 * <p>{@code tensors} is the digest of the canonical JSON {@code {name: {"sha256": data, "shape": [...], "type": name}}}
 * over all tensors, and {@code tensorTypes.byName} that of {@code {name: type}}: the order, offsets and padding of the
 * tensors in the file do not count. Only the provenance field {@code file}, the digest of all bytes, sees those.
 */
public final class GgufLayers {
    private static final int LONGEST_READABLE = 120;
    private static final String DIGEST = "sha256:";

    private final GgufRole role;
    private final String prefix;
    private final Map<Layer, SortedMap<String, JsonNode>> layers = new EnumMap<>(Layer.class);

    private GgufLayers(GgufRole role, String prefix) {
        this.role = role;
        this.prefix = prefix;
    }

    /**
     * Reads a file, its data once.
     *
     * @param role {@code model}, {@code projector} or {@code adapter}, the prefix of the field names; where a stack has
     *     several, they are told apart by a suffix: {@code adapter.sql}
     * @return the fields of each layer that the file says something about, all of them proof
     * @throws LockstepException of kind CONFIG when the file is missing, cut off, damaged or of another role
     */
    public static Map<Layer, SortedMap<String, JsonNode>> read(Path file, String role) {
        GgufFile gguf = header(file, role);
        return of(gguf, role, new FileHasher(Hashing.onAllCores()).digestWithoutChunks(gguf.asTensorFile()));
    }

    /** Returns the fields of a file that is hashed anyway, as {@link #read} does. */
    static Map<Layer, SortedMap<String, JsonNode>> of(GgufFile gguf, String role, TensorReading data) {
        GgufLayers split = new GgufLayers(GgufRole.of(role), role);
        gguf.metadata().forEach((key, value) -> split.put(split.role.layer(key), key, value));
        split.putTensors(gguf, data.tensors());
        split.put(
                Layer.PROVENANCE,
                "file",
                new GgufValue.Plain(TextNode.valueOf(DIGEST + data.file().sha256())));
        return split.layers;
    }

    /** Reads what stands before the data, and refuses a file of another role before that is read. */
    static GgufFile header(Path file, String prefix) {
        GgufRole role = GgufRole.of(prefix);
        GgufFile gguf = GgufReader.read(file);
        gguf.plain("general.type")
                .map(JsonNode::asText)
                .filter(type -> !type.equals(role.generalType()))
                .ifPresent(type -> {
                    throw new LockstepException(
                            ErrorKind.CONFIG,
                            file + ": 'general.type' is '" + type + "', but a " + role.key() + " needs '"
                                    + role.generalType() + "'; name the right file");
                });
        return gguf;
    }

    private void putTensors(GgufFile gguf, TensorDigests tensors) {
        ObjectNode types = JsonNodeFactory.instance.objectNode();
        Map<String, Integer> counts = new TreeMap<>();
        gguf.tensors().forEach((name, tensor) -> {
            types.put(name, tensor.type().name());
            counts.merge(tensor.type().name(), 1, Integer::sum);
        });
        ObjectNode histogram = JsonNodeFactory.instance.objectNode();
        counts.forEach(histogram::put);
        field(role.layer(Layer.WEIGHTS), "tensors", TextNode.valueOf(DIGEST + tensors.root()));
        field(role.layer(Layer.WEIGHTS), "tensors.length", JsonNodeFactory.instance.numberNode(types.size()));
        field(role.layer(Layer.QUANTIZATION), "tensorTypes", histogram);
        field(role.layer(Layer.QUANTIZATION), "tensorTypes.byName", digest(types));
    }

    private void put(Layer layer, String key, GgufValue value) {
        switch (value) {
            case GgufValue.Plain(JsonNode plain) -> put(layer, key, plain);
            case GgufValue.LongList(String sha256, long length) -> {
                field(layer, key, TextNode.valueOf(DIGEST + sha256));
                field(layer, key + ".length", length(length));
            }
        }
    }

    private void put(Layer layer, String key, JsonNode value) {
        boolean isSmall = CanonicalJson.compact(value).length() <= LONGEST_READABLE;
        if (isSmall && !GgufRole.isTemplate(key)) {
            field(layer, key, CanonicalJson.normal(value));
            return;
        }
        int length = value.isTextual() ? value.textValue().length() : value.size();
        field(layer, key, digest(value));
        field(layer, key + ".length", length(length));
    }

    /** An int, as it always was: locks are compared value by value. */
    private static JsonNode length(long length) {
        return JsonNodeFactory.instance.numberNode(Math.toIntExact(length));
    }

    private void field(Layer layer, String name, JsonNode value) {
        layers.computeIfAbsent(layer, unused -> new TreeMap<>()).put(prefix + "." + name, value);
    }

    private static JsonNode digest(JsonNode value) {
        return TextNode.valueOf(DIGEST + CanonicalJson.sha256(value));
    }
}
