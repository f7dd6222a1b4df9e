package dev.lockstep.lock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The files of a commit as a hub lists them.
 *
 * <p>Two forms: the rows of {@code GET /api/models/{repo}/tree/{revision}?recursive=true}, and what huggingface_hub 2 keeps of
 * them in {@code trees/<commit>.json}.
 */
final class HubTree {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FORMAT_VERSION = 1;

    private final SortedMap<String, TreeFile> files = new TreeMap<>();
    private final SortedSet<String> folders = new TreeSet<>();

    private HubTree() {}

    /**
     * Reads either form.
     *
     * @throws IllegalArgumentException with what is wrong with it
     */
    static SortedMap<String, TreeFile> read(String text) {
        try {
            return read(JSON.readTree(text));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("is not valid JSON; save the hub's answer as it is", e);
        }
    }

    static SortedMap<String, TreeFile> read(JsonNode root) {
        HubTree tree = new HubTree();
        if (root.isArray()) {
            root.forEach(tree::addRow);
            tree.folders.forEach(tree::requireFilesOf);
        } else if (root.path("format_version").asInt() == FORMAT_VERSION
                && root.path("files").isObject()) {
            root.path("files").properties().forEach(file -> tree.addCached(file.getKey(), file.getValue()));
        } else {
            throw new IllegalArgumentException(
                    "is no list of a repository's files; save the answer of /api/models/{repo}/tree/{revision}?recursive=true");
        }
        return tree.files;
    }

    private void addRow(JsonNode row) {
        if (row.path("type").asText().equals("directory")) {
            folders.add(required(row, "path"));
            return;
        }
        JsonNode lfs = row.path("lfs");
        long size = lfs.has("size") ? lfs.path("size").asLong() : size(row);
        put(required(row, "path"), size, text(lfs, "oid").map(HubTree::bare), text(row, "oid"));
    }

    private void requireFilesOf(String folder) {
        if (files.tailMap(folder + "/").keySet().stream()
                .findFirst()
                .filter(path -> path.startsWith(folder + "/"))
                .isEmpty()) {
            throw new IllegalArgumentException(
                    "lists the folder '" + folder + "' without its files; ask the hub with ?recursive=true");
        }
    }

    private void addCached(String path, JsonNode file) {
        long size = file.has("lfs_size") ? file.path("lfs_size").asLong() : size(file);
        put(path, size, text(file, "lfs_sha256").map(HubTree::bare), text(file, "blob_id"));
    }

    private void put(String path, long size, Optional<String> sha256, Optional<String> gitOid) {
        files.put(path, new TreeFile(size, sha256, gitOid));
    }

    private static long size(JsonNode file) {
        if (!file.path("size").isIntegralNumber()) {
            throw new IllegalArgumentException("has an entry without 'size'; save the hub's answer as it is");
        }
        return file.path("size").longValue();
    }

    private static String required(JsonNode row, String name) {
        return text(row, name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "has an entry without '" + name + "'; save the hub's answer as it is"));
    }

    private static Optional<String> text(JsonNode node, String name) {
        return Optional.ofNullable(node.get(name)).filter(JsonNode::isTextual).map(JsonNode::textValue);
    }

    /** Some hubs write the algorithm before the digest. */
    private static String bare(String oid) {
        return oid.startsWith("sha256:") ? oid.substring("sha256:".length()) : oid;
    }
}
