package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.document.AtomicFile;
import dev.lockstep.document.CanonicalJson;
import dev.lockstep.document.FileKey;
import dev.lockstep.document.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What files held when they were read in full, so that one that did not change since need not be read again.
 *
 * <p>A record counts only for the same device, inode, size, modification time and change time, to the nanosecond. One that is
 * damaged, of another version or of another file counts as none. A file has one record; a new one takes its place.
 */
public final class DigestCache {
    private static final int VERSION = 1;
    private static final long MOST_BYTES = 16L << 20;
    private static final int LINES = 3;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** A change within the same tick of a file system's clock would leave the same times. */
    private static final Duration COARSEST_CLOCK = Duration.ofSeconds(2);

    private final Path folder;
    private final InstantSource clock;

    /** Keeps records in a folder, which is made when there is one to keep. */
    public DigestCache(Path folder, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /** A file that was read in full. */
    record Kept(FileDigest digest, Instant readAt) {}

    /** Returns what the file held; empty when nobody knows. */
    Optional<Kept> find(FileKey key) {
        return read(record(key))
                .filter(json -> json.path("key").equals(toJson(key)))
                .map(json -> new Kept(
                        FileDigest.of(json.path("digest")),
                        Instant.parse(json.path("readAt").asText())));
    }

    /** Keeps what a file held that was read in full just now; not if it changed so lately that it could change unseen. */
    void keep(FileKey key, FileDigest digest) {
        Instant now = clock.instant();
        if (key.changedAt().plus(COARSEST_CLOCK).isAfter(now)) {
            return;
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("version", VERSION);
        json.set("key", toJson(key));
        json.set("digest", digest.toJson());
        json.put("readAt", now.toString());
        String text = CanonicalJson.compact(json);
        AtomicFile.write(record(key), text + "\n" + Sha256.of(text) + "\n");
    }

    private Path record(FileKey key) {
        return folder.resolve(key.device() + "-" + key.inode() + ".record");
    }

    /** Returns the record when it is what was written: its last line is the digest of the first. */
    private static Optional<JsonNode> read(Path record) {
        try {
            if (!Files.isRegularFile(record) || Files.size(record) > MOST_BYTES) {
                return Optional.empty();
            }
            String[] lines = new String(Files.readAllBytes(record), StandardCharsets.UTF_8).split("\n", -1);
            boolean isWhole = lines.length == LINES && Sha256.of(lines[0]).equals(lines[1]);
            return isWhole
                    ? Optional.of(MAPPER.readTree(lines[0]))
                            .filter(json -> json.path("version").asInt() == VERSION)
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** Texts, for a number would be read back as one of another type. */
    private static ObjectNode toJson(FileKey key) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("device", Long.toString(key.device()))
                .put("inode", Long.toString(key.inode()))
                .put("size", Long.toString(key.size()))
                .put("modified", Long.toString(key.modified()))
                .put("changed", Long.toString(key.changed()));
    }
}
