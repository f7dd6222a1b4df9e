package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.document.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is locked of a file as a whole.
 *
 * @param size bytes
 * @param sha256 in lower-case hex
 * @param gitOid its id in a git tree; empty for a file that is too large for one: hubs keep those in LFS
 */
record FileEntry(long size, String sha256, Optional<String> gitOid) {
    /** What the hub takes without LFS. */
    static final long LARGEST_IN_GIT = 10 << 20;

    private static final String SHA256 = "sha256";

    /** Reads and hashes a file. */
    static FileEntry of(Path file) throws IOException {
        long size = Files.size(file);
        if (size <= LARGEST_IN_GIT) {
            return of(Files.readAllBytes(file));
        }
        try {
            return new FileEntry(size, Sha256.of(file), Optional.empty());
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    static FileEntry of(FileDigest digest) {
        return new FileEntry(digest.size(), digest.sha256(), digest.gitOid());
    }

    static FileEntry of(byte[] content) {
        return new FileEntry(content.length, Sha256.of(content), Optional.of(GitOid.ofBlob(content)));
    }

    /** Returns the value of its field in a lock. */
    JsonNode json() {
        ObjectNode node =
                JsonNodeFactory.instance.objectNode().put(SHA256, sha256).put("size", size);
        gitOid.ifPresent(oid -> node.put("gitOid", oid));
        return node;
    }

    /** Reads what {@link #json} wrote; empty for any other value of a lock. */
    static Optional<FileEntry> read(JsonNode value) {
        if (!value.path(SHA256).isTextual() || !value.path("size").canConvertToLong()) {
            return Optional.empty();
        }
        Optional<String> oid = Optional.ofNullable(value.get("gitOid")).map(JsonNode::asText);
        return Optional.of(
                new FileEntry(value.path("size").longValue(), value.path(SHA256).textValue(), oid));
    }
}
