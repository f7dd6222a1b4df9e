package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.document.ProblemsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of a model by path, with digests, wherever they lie.
 *
 * @param name where they lie, for messages
 */
public record FileTree(String name, SortedMap<String, TreeFile> files) {
    private static final String OF_THE_MODEL = "model." + FileFacts.FILE;

    public FileTree {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /**
     * Reads a folder, which is hashed; a hub's list of files, saved as JSON; or a lock.
     *
     * @throws LockstepException of kind CONFIG when it is none of these
     */
    public static FileTree read(Path path) {
        if (Files.isDirectory(path)) {
            return ofFolder(path);
        }
        try {
            String text = Files.readString(path);
            return text.contains("\"lockVersion\"")
                    ? ofLock(path.toString(), LockFile.read(path))
                    : ofHub(path.toString(), text);
        } catch (NoSuchFileException e) {
            throw new LockstepException(
                    ErrorKind.CONFIG, path + ": there is no such file or folder; check the path", e);
        } catch (IOException e) {
            throw new LockstepException(ErrorKind.CONFIG, path + ": cannot be read as text: " + e.getMessage(), e);
        }
    }

    private static FileTree ofHub(String name, String json) {
        try {
            return complete(name, HubTree.read(json));
        } catch (IllegalArgumentException e) {
            throw new LockstepException(ErrorKind.CONFIG, name + ": " + e.getMessage(), e);
        }
    }

    /** Reads the rows of a hub's list of files. @throws LockstepException of kind CONFIG when they are no such list */
    public static FileTree ofHub(String name, JsonNode rows) {
        try {
            return complete(name, HubTree.read(rows));
        } catch (IllegalArgumentException e) {
            throw new LockstepException(ErrorKind.CONFIG, name + ": " + e.getMessage(), e);
        }
    }

    private static FileTree ofFolder(Path folder) {
        FolderListing listing =
                HubCache.isSnapshot(folder) ? HubCache.snapshot(folder).listing() : FolderListing.of(folder);
        if (!listing.problems().isEmpty()) {
            throw new ProblemsException(
                    listing.problems().stream().map(FileProblem::problem).toList());
        }
        SortedMap<String, TreeFile> files = new TreeMap<>();
        listing.files().forEach((path, file) -> files.put(path, hashed(file)));
        return complete(folder.toString(), files);
    }

    private static TreeFile hashed(Path file) {
        try {
            return TreeFile.of(FileEntry.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read", e);
        }
    }

    private static FileTree ofLock(String name, Lock lock) {
        return complete(name, of(lock).files());
    }

    /** Returns the files that a lock holds under their paths; none for one of GGUF files, whose names it does not hold. */
    public static FileTree of(Lock lock) {
        SortedMap<String, TreeFile> files = new TreeMap<>();
        for (Layer layer : Layer.values()) {
            LayerState state = lock.layer(layer);
            addEntries(state.pinned(), files);
            addEntries(state.observed(), files);
        }
        return new FileTree("the lock", files);
    }

    private static void addEntries(Map<String, JsonNode> fields, SortedMap<String, TreeFile> files) {
        fields.forEach((field, value) -> {
            Optional<FileEntry> entry = field.startsWith(OF_THE_MODEL) ? FileEntry.read(value) : Optional.empty();
            entry.ifPresent(each -> files.put(field.substring(OF_THE_MODEL.length()), TreeFile.of(each)));
        });
    }

    private static FileTree complete(String name, SortedMap<String, TreeFile> files) {
        if (files.isEmpty()) {
            throw new LockstepException(ErrorKind.CONFIG, name + ": lists no file of a model; name another tree");
        }
        return new FileTree(name, files);
    }
}
