package dev.lockstep.lock;

import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files under a folder, by path with {@code /}, without what git and download clients keep beside them.
 *
 * <p>A link counts as the file that it names, but must not lead out: what lies elsewhere changes unseen.
 */
final class FolderListing {
    private static final Set<String> LEFT_OUT = Set.of(".git", ".cache");
    private static final String CODE = "/code.py";

    private final Path folder;
    private final Path bounds;
    private final SortedMap<String, Path> files = new TreeMap<>();
    private final SortedMap<String, String> strays = new TreeMap<>();
    private final List<FileProblem> problems = new ArrayList<>();

    private FolderListing(Path folder, Path bounds) {
        this.folder = folder;
        this.bounds = bounds;
    }

    /** Lists a folder out of which no link may lead. */
    static FolderListing of(Path folder) {
        return of(folder, folder);
    }

    /** Lists a folder whose links may lead to other places below {@code bounds}. */
    static FolderListing of(Path folder, Path bounds) {
        try {
            FolderListing listing = new FolderListing(PathTrail.real(folder), PathTrail.real(bounds));
            try (Stream<Path> all = Files.walk(listing.folder)) {
                all.forEach(listing::add);
            }
            return listing;
        } catch (IOException | UncheckedIOException e) {
            throw new LockstepException(
                    ErrorKind.CONFIG, folder + ": cannot be listed (" + e + "); check path and permissions", e);
        }
    }

    Path folder() {
        return folder;
    }

    SortedMap<String, Path> files() {
        return Collections.unmodifiableSortedMap(files);
    }

    /**
     * Returns the links behind which nobody looks, though engines do, each with a name that tells its use: its own; for a link
     * to a folder, that of code in it.
     */
    SortedMap<String, String> strays() {
        return Collections.unmodifiableSortedMap(strays);
    }

    /** Returns the same without some files. */
    FolderListing without(Collection<String> paths) {
        FolderListing rest = new FolderListing(folder, bounds);
        rest.files.putAll(files);
        rest.files.keySet().removeAll(paths);
        rest.strays.putAll(strays);
        rest.problems.addAll(problems);
        return rest;
    }

    List<FileProblem> problems() {
        return List.copyOf(problems);
    }

    private void add(Path file) {
        Path inside = folder.relativize(file);
        if (LEFT_OUT.contains(inside.getName(0).toString())) {
            return;
        }
        String path = inside.toString().replace('\\', '/');
        if (Files.isSymbolicLink(file)) {
            addLink(path, file);
        } else if (Files.isRegularFile(file)) {
            files.put(path, file);
        }
    }

    private void addLink(String path, Path link) {
        try {
            Path real = PathTrail.real(link);
            if (!real.startsWith(bounds)) {
                stray(path, link, "is a link to " + real + ", outside of " + bounds + "; put the file itself there");
            } else if (!Files.isRegularFile(real)) {
                stray(path, link, "is a link to " + real + ", which is no file; put the files themselves there");
            } else {
                files.put(path, link);
            }
        } catch (IOException e) {
            stray(path, link, "is a link to a file that is not there; fetch it again");
        }
    }

    private void stray(String path, Path link, String message) {
        strays.put(path, Files.isDirectory(link) ? path + CODE : path);
        problems.add(new FileProblem(link, path, message));
    }
}
