package dev.lockstep.lock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The way to a file, link by link.
 *
 * <p>It is gone as a process with that root goes it: {@code /proc/<pid>/root} shows the files of another process, but a link
 * with a whole path that lies there would be followed in the file system of this one.
 *
 * @param links in the order in which they are passed
 * @param folders those that are passed, none of them a link
 * @param end what is found, no link
 */
public record PathTrail(List<Path> links, List<Path> folders, Path end) {
    private static final Pattern ROOT_OF_PROCESS = Pattern.compile("(/proc/\\d+/root)(?:/.*)?");
    /** As many as Linux follows. */
    private static final int MOST_LINKS = 40;

    public PathTrail {
        links = List.copyOf(links);
        folders = List.copyOf(folders);
    }

    /**
     * Follows a path.
     *
     * @param file an absolute path
     * @param root where links with whole paths begin, if the file lies below it
     */
    public static PathTrail of(Path file, Path root) throws IOException {
        return new Walk(file.startsWith(root) ? root : Path.of("/")).to(file);
    }

    /** Returns the path without links; below {@code /proc/<pid>/root} it stays there. */
    public static Path real(Path path) throws IOException {
        Matcher matcher = ROOT_OF_PROCESS.matcher(path.toString());
        return matcher.matches() ? of(path, Path.of(matcher.group(1))).end() : path.toRealPath();
    }

    private static final class Walk {
        private final Path root;
        private final Deque<Path> names = new ArrayDeque<>();
        private final List<Path> links = new ArrayList<>();
        private final List<Path> folders = new ArrayList<>();
        private Path at;

        Walk(Path root) {
            this.root = root;
            this.at = root;
        }

        PathTrail to(Path file) throws IOException {
            push(file, root.getNameCount());
            while (!names.isEmpty()) {
                enter(names.pop().toString());
            }
            return new PathTrail(links, folders, at);
        }

        private void enter(String name) throws IOException {
            if (name.equals("..")) {
                Path above = at.getParent();
                at = at.equals(root) || above == null ? root : above;
            } else if (!name.isEmpty() && !name.equals(".")) {
                step(at.resolve(name));
            }
        }

        private void step(Path next) throws IOException {
            BasicFileAttributes kind = Files.readAttributes(next, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (kind.isSymbolicLink()) {
                follow(next);
                return;
            }
            if (kind.isDirectory() && !names.isEmpty()) {
                folders.add(next);
            }
            at = next;
        }

        private void follow(Path link) throws IOException {
            links.add(link);
            if (links.size() > MOST_LINKS) {
                throw new IOException("it leads over more than " + MOST_LINKS + " links");
            }
            Path target = Files.readSymbolicLink(link);
            if (target.isAbsolute()) {
                at = root;
            }
            push(target, 0);
        }

        /** A name before {@code ..} may be that of a link, so names are not taken together. */
        private void push(Path path, int from) {
            for (int i = path.getNameCount() - 1; i >= from; i--) {
                names.push(path.getName(i));
            }
        }
    }
}
