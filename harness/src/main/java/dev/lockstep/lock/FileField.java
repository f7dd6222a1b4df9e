package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a lock holds of a file as a whole: the field {@code ROLE.file} of a part that is one file, {@code ROLE.file.PATH} of a file
 * among others.
 *
 * <p>A file of more than one chunk has a second field in provenance, {@code ROLE.chunks} or {@code ROLE.chunks.PATH}: the root
 * of its {@link ChunkTree}.
 *
 * @param role the part of the stack: {@code model}, {@code adapter.1}
 * @param path in the part's folder; empty for a part that is one file
 * @param sha256 in lower-case hex
 * @param size bytes; empty where the lock does not hold it
 * @param gitOid the id of its Git blob; empty where the lock does not hold it
 */
record FileField(Layer layer, String role, String path, String sha256, OptionalLong size, Optional<String> gitOid) {
    /** The layers that are read from files of the model. */
    static final Set<Layer> LAYERS =
            Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(Layer.ENGINE, Layer.LAUNCH, Layer.HARDWARE)));

    private static final String FILE = "file";
    private static final String CHUNKS = "chunks";
    private static final Pattern OF_ANY_ROLE =
            Pattern.compile("(?<role>[a-z]+(?:\\.\\w+)??)\\.file(?:\\..+)?", Pattern.DOTALL);
    private static final Pattern DIGEST = Pattern.compile("sha256:([0-9a-f]{64})");

    /** Reads a field of any part; empty when it is about something else than a whole file. */
    static Optional<FileField> of(Layer layer, String field, JsonNode value) {
        Matcher part = OF_ANY_ROLE.matcher(field);
        return part.matches() ? of(layer, part.group("role"), field, value) : Optional.empty();
    }

    /** Returns the pinned files of one part by their paths. */
    static SortedMap<String, FileField> of(Lock lock, String role) {
        SortedMap<String, FileField> files = new TreeMap<>();
        for (Layer layer : LAYERS) {
            lock.layer(layer)
                    .pinned()
                    .forEach((field, value) ->
                            of(layer, role, field, value).ifPresent(file -> files.put(file.path(), file)));
        }
        return files;
    }

    private static Optional<FileField> of(Layer layer, String role, String field, JsonNode value) {
        return pathIn(field, role, FILE)
                .flatMap(path -> entry(layer, role, path, value)
                        .or(() -> digest(value)
                                .map(sha256 -> new FileField(
                                        layer, role, path, sha256, OptionalLong.empty(), Optional.empty()))));
    }

    private static Optional<FileField> entry(Layer layer, String role, String path, JsonNode value) {
        return FileEntry.read(value)
                .map(entry -> new FileField(
                        layer, role, path, entry.sha256(), OptionalLong.of(entry.size()), entry.gitOid()));
    }

    /** Returns the SHA-256 in hex of a value {@code sha256:<hex>}. */
    static Optional<String> digest(JsonNode value) {
        Matcher digest = DIGEST.matcher(value.asText());
        return digest.matches() ? Optional.of(digest.group(1)) : Optional.empty();
    }

    /** Returns the path of the file whose digest, or root of chunks, a field is; empty when it is of neither, or of another part. */
    static Optional<String> path(String field, String role) {
        return pathIn(field, role, FILE).or(() -> pathIn(field, role, CHUNKS));
    }

    private static Optional<String> pathIn(String field, String role, String kind) {
        String whole = role + "." + kind;
        if (field.equals(whole)) {
            return Optional.of("");
        }
        return field.startsWith(whole + ".") ? Optional.of(field.substring(whole.length() + 1)) : Optional.empty();
    }

    /** Returns the name of a field in provenance, less its role: that of the root of a file's chunks. */
    static String chunks(String path) {
        return path.isEmpty() ? CHUNKS : CHUNKS + "." + path;
    }

    /** Returns the roots of the chunks of files of a part, in hex, by their paths. */
    static SortedMap<String, String> roots(Lock lock, String role) {
        SortedMap<String, String> roots = new TreeMap<>();
        for (Map.Entry<String, JsonNode> field :
                lock.layer(Layer.PROVENANCE).pinned().entrySet()) {
            pathIn(field.getKey(), role, CHUNKS)
                    .ifPresent(path -> digest(field.getValue()).ifPresent(root -> roots.put(path, root)));
        }
        return roots;
    }

    /** Returns the name of its field. */
    String field() {
        return path.isEmpty() ? role + "." + FILE : role + "." + FILE + "." + path;
    }
}
