package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * What is known of the bytes of a file after one reading.
 *
 * @param sha256 of all bytes, in lower-case hex: the id that OCI registries and Git LFS use
 * @param gitOid its id where it lies in Git itself; only of files up to 10 MiB, since hubs keep larger ones in Git LFS
 * @param chunks the digests of its chunks; only of files larger than one chunk
 * @param header what describes the tensors in it; only of files of tensors
 */
public record FileDigest(
        long size, String sha256, Optional<String> gitOid, Optional<ChunkTree> chunks, Optional<Header> header) {

    /** The first bytes of a file of tensors, and their SHA-256. */
    public record Header(long bytes, String sha256) {}

    /** Returns the digest of which only size and SHA-256 are known, as a hub or a manifest tells them. */
    public static FileDigest of(long size, String sha256) {
        return new FileDigest(size, sha256, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Reads what {@link #toJson} wrote. */
    static FileDigest of(JsonNode json) {
        return new FileDigest(
                json.path("size").longValue(),
                json.path("sha256").asText(),
                field(json, "gitOid").map(JsonNode::asText),
                field(json, "chunks").map(ChunkTree::of),
                field(json, "header")
                        .map(header -> new Header(
                                header.path("bytes").longValue(),
                                header.path("sha256").asText())));
    }

    /** Returns its id where it lies in Git LFS: that of its pointer. */
    public String lfsPointer() {
        return GitOid.ofPointer(sha256, size);
    }

    /** Tells whether a Git tree that names this id holds these bytes, in Git itself or in Git LFS. */
    public boolean isGitObject(String id) {
        return id.equals(lfsPointer()) || gitOid.filter(id::equals).isPresent();
    }

    FileDigest withHeader(Header found) {
        return new FileDigest(size, sha256, gitOid, chunks, Optional.of(found));
    }

    /** Returns the digests of its chunks, also of a file that is one chunk; empty where they are not known. */
    Optional<ChunkTree> tree() {
        boolean isOneChunk = size > 0 && size <= ChunkTree.CHUNK_BYTES;
        return chunks.or(() -> isOneChunk
                ? Optional.of(new ChunkTree(ChunkTree.CHUNK_BYTES, size, List.of(sha256)))
                : Optional.empty());
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("size", size).put("sha256", sha256);
        gitOid.ifPresent(id -> json.put("gitOid", id));
        chunks.ifPresent(tree -> json.set("chunks", tree.toJson()));
        header.ifPresent(
                found -> json.putObject("header").put("bytes", found.bytes()).put("sha256", found.sha256()));
        return json;
    }

    private static Optional<JsonNode> field(JsonNode json, String name) {
        return Optional.ofNullable(json.get(name));
    }
}
