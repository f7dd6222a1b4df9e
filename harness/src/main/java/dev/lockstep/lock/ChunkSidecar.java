package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.document.AtomicFile;
import dev.lockstep.document.CanonicalJson;
import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.DocumentReader;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.document.Problems;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The file {@code <lock>.chunks.json}: the chunk trees of files, whose roots stand in the lock.
 *
 * <p>It is canonical JSON, {@code {path: {"chunkBytes": n, "chunks": [...], "size": n}}}.
 */
public final class ChunkSidecar {
    /** How the names of such files end. */
    public static final String SUFFIX = ".chunks.json";

    private static final String REMEDY = "restore the file from version control, or lock again";

    private ChunkSidecar() {}

    /** Writes the trees of files by their names. */
    public static void write(Path sidecar, SortedMap<String, ChunkTree> trees) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        trees.forEach((name, tree) -> json.set(name, tree.toJson()));
        AtomicFile.write(sidecar, CanonicalJson.pretty(json));
    }

    /**
     * Reads them.
     *
     * @param roots name of a file to the root that stands in the lock, in hex
     * @return a tree for each root
     * @throws LockstepException of kind CONFIG when the sidecar cannot be read, of kind LOCK when it is not the lock's
     */
    public static SortedMap<String, ChunkTree> read(Path sidecar, SortedMap<String, String> roots) {
        Problems problems = new Problems();
        Optional<DocumentNode> document = DocumentReader.read(sidecar, problems);
        problems.throwIfAny();
        JsonNode json = document.orElseThrow().toJson();
        SortedMap<String, ChunkTree> trees = new TreeMap<>();
        roots.forEach((name, root) -> trees.put(name, tree(sidecar, json.path(name), name, root)));
        return trees;
    }

    private static ChunkTree tree(Path sidecar, JsonNode json, String name, String root) {
        try {
            ChunkTree tree = ChunkTree.of(json);
            if (tree.root().equals(root)) {
                return tree;
            }
            throw foreign(sidecar, "the chunks of '" + name + "' have the root " + tree.root(), root);
        } catch (IllegalArgumentException e) {
            throw foreign(sidecar, "there are no chunks of '" + name + "' here", root);
        }
    }

    private static LockstepException foreign(Path sidecar, String found, String root) {
        return new LockstepException(
                ErrorKind.LOCK, sidecar + ": " + found + ", but the lock names " + root + "; " + REMEDY);
    }
}
