package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A GGUF file split so that a change names one layer.
 *
 * <p>Small values stand as they are. A value whose canonical JSON is longer than 120 characters becomes {@code sha256:} and the
 * digest of that JSON, beside a field {@code .length} (items of a list, characters of a text); a chat template always does.
 * Numbers are hashed by value, so that {@code u32} 2 and {@code i64} 2 are the same.
 *
 * <p>{@code tensors} is the digest of the canonical JSON {@code {name: {"sha256": data, "shape": [...], "type": name}}}
 * over all tensors, and {@code tensorTypes.byName} that of {@code {name: type}}: the order, offsets and padding of the
 * tensors in the file do not count. Only the provenance field {@code file}, the digest of all bytes, sees those. A file that
 * is split into shards has the same fields as the whole one, less that: each shard has a {@code file.<name>} of its own.
 */
public final class GgufLayers {
    private static final String DIGEST = "sha256:";

    private final GgufRole role;
    private final RoleFacts facts;

    private GgufLayers(GgufRole role, String prefix) {
        this.role = role;
        this.facts = new RoleFacts(prefix);
    }

    /**
     * Reads a file, its data once, and with any of its shards all others.
     *
     * @param role {@code model}, {@code projector} or {@code adapter}, the prefix of the field names; where a stack has
     *     several, they are told apart by a suffix: {@code adapter.sql}
     * @return the fields of each layer that the file says something about, all of them proof
     * @throws LockstepException of kind CONFIG when the file or a shard is missing, cut off, damaged or of another role
     */
    public static Map<Layer, SortedMap<String, JsonNode>> read(Path file, String role) {
        return facts(file, role, Hashing.onAllCores().withoutChunks()).proof();
    }

    /** Reads the same, and the digests of its tensors. */
    static SourceFacts facts(Path file, String role, Hashing hashing) {
        GgufLayers split = new GgufLayers(GgufRole.of(role), role);
        GgufSet gguf = GgufShards.read(file);
        split.requireRole(gguf);
        gguf.metadata().forEach((key, value) -> split.put(split.role.layer(key), key, value));
        SortedMap<Path, TensorReading> read = new FileHasher(hashing)
                .digestTensors(
                        gguf.shards().stream().map(GgufFile::asTensorFile).toList());
        TensorDigests tensors = TensorDigests.none();
        List<ChunkTree> chunks = new ArrayList<>();
        for (Map.Entry<Path, TensorReading> shard : read.entrySet()) {
            tensors = tensors.and(shard.getValue().tensors());
            split.putFile(shard.getKey(), shard.getValue().file(), gguf.isWhole());
            shard.getValue().file().chunks().ifPresent(chunks::add);
        }
        split.putTensors(gguf, tensors);
        return SourceFacts.of(split.facts.byLayer(), tensors, chunks);
    }

    private void putFile(Path file, FileDigest digest, boolean isWhole) {
        FileEntry entry = new FileEntry(digest.size(), digest.sha256(), Optional.empty());
        facts.put(
                Layer.PROVENANCE,
                isWhole ? "file" : FileFacts.FILE + file.getFileName(),
                isWhole ? TextNode.valueOf(DIGEST + digest.sha256()) : entry.json());
        String path = isWhole ? "" : String.valueOf(file.getFileName());
        digest.chunks()
                .ifPresent(tree ->
                        facts.put(Layer.PROVENANCE, FileField.chunks(path), TextNode.valueOf(DIGEST + tree.root())));
    }

    private void requireRole(GgufSet gguf) {
        gguf.plain("general.type")
                .map(JsonNode::asText)
                .filter(type -> !type.equals(role.generalType()))
                .ifPresent(type -> {
                    throw new LockstepException(
                            ErrorKind.CONFIG,
                            gguf.file() + ": 'general.type' is '" + type + "', but a " + role.key() + " needs '"
                                    + role.generalType() + "'; name the right file");
                });
    }

    private void putTensors(GgufSet gguf, TensorDigests tensors) {
        ObjectNode types = JsonNodeFactory.instance.objectNode();
        Map<String, Integer> counts = new TreeMap<>();
        gguf.tensors().forEach((name, tensor) -> {
            types.put(name, tensor.type().name());
            counts.merge(tensor.type().name(), 1, Integer::sum);
        });
        ObjectNode histogram = JsonNodeFactory.instance.objectNode();
        counts.forEach(histogram::put);
        facts.put(role.layer(Layer.WEIGHTS), "tensors", TextNode.valueOf(DIGEST + tensors.root()));
        facts.put(role.layer(Layer.WEIGHTS), "tensors.length", JsonNodeFactory.instance.numberNode(types.size()));
        facts.put(role.layer(Layer.QUANTIZATION), "tensorTypes", histogram);
        facts.put(role.layer(Layer.QUANTIZATION), "tensorTypes.byName", RoleFacts.digest(types));
    }

    private void put(Layer layer, String key, GgufValue value) {
        switch (value) {
            case GgufValue.Plain(JsonNode plain) -> put(layer, key, plain);
            case GgufValue.LongList(String sha256, long length) -> {
                facts.put(layer, key, TextNode.valueOf(DIGEST + sha256));
                facts.put(layer, key + ".length", JsonNodeFactory.instance.numberNode(Math.toIntExact(length)));
            }
        }
    }

    private void put(Layer layer, String key, JsonNode value) {
        if (GgufRole.isTemplate(key)) {
            facts.putDigest(layer, key, value);
            return;
        }
        facts.putReadable(layer, key, value);
    }
}
