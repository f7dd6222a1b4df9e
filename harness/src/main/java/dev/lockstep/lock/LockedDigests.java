package dev.lockstep.lock;

import dev.lockstep.document.LockstepException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a lock says of the files of one part where they lie, with their chunks where the sidecars are here. */
final class LockedDigests {
    private static final String NO_SIDECAR = "its chunks are not beside the lock";
    private static final String NO_ROOT = "the lock holds no chunks of it; lock again in full";

    private final String role;
    private final SortedMap<String, String> roots;
    private final ChunkStore store;
    private final SortedMap<Path, FileDigest> byFile = new TreeMap<>();
    private final SortedMap<Path, FileField> fields = new TreeMap<>();
    private final SortedMap<Path, String> gaps = new TreeMap<>();
    private final SortedMap<Path, String> refused = new TreeMap<>();

    private LockedDigests(String role, SortedMap<String, String> roots, ChunkStore store) {
        this.role = role;
        this.roots = roots;
        this.store = store;
    }

    /** Finds the locked ones among the files that a source has. */
    static LockedDigests of(Lock lock, ModelSource source, String role, ChunkStore store) {
        LockedDigests digests = new LockedDigests(role, FileField.roots(lock, role), store);
        SortedMap<String, FileField> locked = FileField.of(lock, role);
        for (Map.Entry<String, Path> part : source.parts().entrySet()) {
            Optional.ofNullable(locked.get(part.getKey())).ifPresent(field -> digests.add(part.getValue(), field));
        }
        return digests;
    }

    /** Returns the name of the part, and the prefix of its fields. */
    String role() {
        return role;
    }

    /** Returns the digest of each file that is here and in the lock. */
    SortedMap<Path, FileDigest> byFile() {
        return Collections.unmodifiableSortedMap(byFile);
    }

    /** Returns the field of each of them. */
    SortedMap<Path, FileField> fields() {
        return Collections.unmodifiableSortedMap(fields);
    }

    /** Returns why the chunks of a file are not known, of those that have several. */
    SortedMap<Path, String> gaps() {
        return Collections.unmodifiableSortedMap(gaps);
    }

    /** Returns why the list of a file's chunks counts as none, though it is here. */
    SortedMap<Path, String> refused() {
        return Collections.unmodifiableSortedMap(refused);
    }

    /** Tells whether the lock was made before locks held the roots of chunks. */
    boolean areOfOldLock() {
        return gaps.containsValue(NO_ROOT);
    }

    private void add(Path file, FileField field) {
        Optional<ChunkTree> tree = tree(file, field);
        long size = field.size().orElseGet(() -> tree.map(ChunkTree::size).orElseGet(() -> size(file)));
        byFile.put(file, new FileDigest(size, field.sha256(), field.gitOid(), tree, Optional.empty()));
        fields.put(file, field);
        if (tree.isEmpty() && size > ChunkTree.CHUNK_BYTES) {
            gaps.put(file, roots.containsKey(field.path()) ? NO_SIDECAR : NO_ROOT);
        }
    }

    /** A list with another root proves nothing, so it counts as none. */
    private Optional<ChunkTree> tree(Path file, FileField field) {
        try {
            return Optional.ofNullable(roots.get(field.path()))
                    .flatMap(store::find)
                    .filter(tree -> isOf(tree, field));
        } catch (LockstepException foreign) {
            refused.put(file, String.valueOf(foreign.getMessage()));
            return Optional.empty();
        }
    }

    private static boolean isOf(ChunkTree tree, FileField field) {
        return field.size().isEmpty() || field.size().getAsLong() == tree.size();
    }

    /** A file that is missing is told of when it is read. */
    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }
}
