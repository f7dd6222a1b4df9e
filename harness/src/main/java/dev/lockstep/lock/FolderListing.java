package dev.lockstep.lock;

import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

    private final Path folder;
    private final Path bounds;
    private final SortedMap<String, Path> files = new TreeMap<>();
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
            FolderListing listing = new FolderListing(folder.toRealPath(), bounds.toRealPath());
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
            Path real = link.toRealPath();
            if (!real.startsWith(bounds)) {
                problem(path, link, "is a link to " + real + ", outside of " + bounds + "; put the file itself there");
            } else if (!Files.isRegularFile(real)) {
                problem(path, link, "is a link to " + real + ", which is no file; put the files themselves there");
            } else {
                files.put(path, link);
            }
        } catch (IOException e) {
            problem(path, link, "is a link to a file that is not there; fetch it again");
        }
    }

    private void problem(String path, Path file, String message) {
        problems.add(new FileProblem(file, path, message));
    }
}
