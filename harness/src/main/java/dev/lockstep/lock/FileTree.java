package dev.lockstep.lock;

import dev.lockstep.document.Position;
import dev.lockstep.document.Problem;
import dev.lockstep.document.ProblemsException;
import dev.lockstep.document.UnreadableFile;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files in a folder, through links that lead to where they may.
 *
 * <p>A link that leads out, to nothing or round in a circle is an error, and so is what is no file: a pipe would be waited for
 * for ever.
 */
public final class FileTree {
    private final Path root;
    private final Path bound;
    private final SortedMap<String, Path> files = new TreeMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private FileTree(Path root, Path bound) {
        this.root = root;
        this.bound = bound;
    }

    /** Lists a folder whose links must stay in it. */
    public static SortedMap<String, Path> list(Path root) {
        return list(root, root);
    }

    /**
     * Lists a folder.
     *
     * @param bound the folder that links may lead into: of a snapshot in a hub's cache, the folder of the cache
     * @return the path below {@code root}, with slashes, to the file
     * @throws ProblemsException that names every link and file that is not to be read
     */
    public static SortedMap<String, Path> list(Path root, Path bound) {
        if (Files.exists(root) && !Files.isDirectory(root)) {
            throw new ProblemsException(
                    List.of(new Problem(Position.of(root), "is no folder; name the one that it lies in")));
        }
        try {
            FileTree tree = new FileTree(root, bound.toRealPath());
            Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, tree.new Visitor());
            return tree.files();
        } catch (IOException e) {
            throw UnreadableFile.because(root, e);
        }
    }

    private SortedMap<String, Path> files() {
        if (problems.isEmpty()) {
            return files;
        }
        throw new ProblemsException(problems.stream()
                .sorted(Comparator.comparing(Problem::toString))
                .toList());
    }

    /** What is found on the way. */
    private final class Visitor extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            return isInside(folder) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (attributes.isSymbolicLink()) {
                problem(
                        file,
                        "is a link to '" + Files.readSymbolicLink(file)
                                + "', which leads to no file; fetch what is missing");
            } else if (!attributes.isRegularFile()) {
                problem(file, "is no regular file; remove it");
            } else if (isInside(file)) {
                files.put(nameOf(file), file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException cause) throws IOException {
            if (file.equals(root)) {
                throw cause;
            }
            problem(
                    file,
                    cause instanceof FileSystemLoopException
                            ? "is a link to a folder that it lies in; remove it"
                            : UnreadableFile.reason(cause));
            return FileVisitResult.CONTINUE;
        }

        private boolean isInside(Path file) throws IOException {
            Path real = file.toRealPath();
            boolean inside = real.startsWith(bound);
            if (!inside) {
                problem(file, "is a link to '" + real + "', outside of '" + bound + "'; put the file itself here");
            }
            return inside;
        }

        private void problem(Path file, String message) {
            problems.add(new Problem(Position.of(file), message));
        }

        private String nameOf(Path file) {
            List<String> names = new ArrayList<>();
            root.relativize(file).forEach(name -> names.add(name.toString()));
            return String.join("/", names);
        }
    }
}
