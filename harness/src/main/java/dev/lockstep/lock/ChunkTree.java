package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.document.CanonicalJson;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The digests of the chunks of a file, so that it can be verified on many cores, or in part.
 *
 * <p>The root binds them to the size of the file and of the chunks: it is the SHA-256 of the canonical JSON
 * {@code {"chunkBytes": 268435456, "chunks": ["<sha256>", ...], "size": n}}.
 *
 * @param chunkBytes bytes of each chunk but the last, which may be shorter
 * @param size bytes of the file
 * @param chunks the SHA-256 of each chunk in lower-case hex; none of an empty file
 */
public record ChunkTree(long chunkBytes, long size, List<String> chunks) {
    /** Bytes of a chunk as shipped: 256 MiB. */
    public static final long CHUNK_BYTES = 256L << 20;

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    public ChunkTree {
        chunks = List.copyOf(chunks);
        if (chunkBytes < 1 || size < 0 || chunks.size() != Math.ceilDiv(size, chunkBytes)) {
            throw new IllegalArgumentException("a file of " + size + " bytes in chunks of " + chunkBytes + " has not "
                    + chunks.size() + " chunks");
        }
        if (!chunks.stream().allMatch(chunk -> SHA256.matcher(chunk).matches())) {
            throw new IllegalArgumentException("a chunk's digest needs 64 digits 0-9a-f");
        }
    }

    /** Reads what {@link #toJson} wrote. @throws IllegalArgumentException when it is none */
    static ChunkTree of(JsonNode json) {
        List<String> chunks = new ArrayList<>();
        json.path("chunks").forEach(chunk -> chunks.add(chunk.asText()));
        return new ChunkTree(
                json.path("chunkBytes").longValue(), json.path("size").longValue(), chunks);
    }

    /** Returns the digest that stands in the lock, in lower-case hex. */
    public String root() {
        return CanonicalJson.sha256(toJson());
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("chunkBytes", chunkBytes);
        ArrayNode list = json.putArray("chunks");
        chunks.forEach(list::add);
        return json.put("size", size);
    }

    /** Returns the first byte of a chunk; chunks are numbered from 0. */
    long offset(int chunk) {
        return chunk * chunkBytes;
    }

    long length(int chunk) {
        return Math.min(chunkBytes, size - offset(chunk));
    }
}
