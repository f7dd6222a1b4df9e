package dev.lockstep.suite;

import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.Fields;
import dev.lockstep.document.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Checks declared media against the files in {@code media/} beside a suite, each file hashed at most once. */
final class MediaFolder {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final Path folder;
    private final Function<Path, String> digest;
    private final Problems problems;
    private final Map<Path, String> digests = new HashMap<>();

    MediaFolder(Path suiteFile, Function<Path, String> digest, Problems problems) {
        this.folder = suiteFile.resolveSibling("media").normalize();
        this.digest = digest;
        this.problems = problems;
    }

    /** Returns the file that an entry of {@code media} declares; empty when something is wrong with it. */
    Optional<MediaFile> check(String name, DocumentNode.Entry entry) {
        Optional<Fields> facts = Mappings.open(entry.value(), "media '" + name + "'", problems);
        if (facts.isEmpty()) {
            return Optional.empty();
        }
        String remedy = "write the 64 lower-case hex digits of the file's SHA-256";
        String expected = facts.get().matching("sha256", SHA256, remedy);
        Optional<MediaType> type = MediaType.of(name);
        if (type.isEmpty()) {
            problem(entry, name, "has an unknown extension; expected png, jpg, jpeg or mp4");
            return Optional.empty();
        }
        return file(name, entry)
                .filter(path -> isPromised(path, expected, facts.get()))
                .map(path -> new MediaFile(name, type.get().kind(), type.get().mimeType(), expected, path));
    }

    private Optional<Path> file(String name, DocumentNode.Entry entry) {
        Optional<Path> inside = inside(name);
        if (inside.isEmpty()) {
            problem(entry, name, "leaves the folder media; keep the file inside it");
            return inside;
        }
        if (!Files.isRegularFile(inside.get()) || !Files.isReadable(inside.get())) {
            problem(entry, name, "has no readable file media/" + name + "; add the file or remove the entry");
            return Optional.empty();
        }
        return inside;
    }

    private Optional<Path> inside(String name) {
        try {
            Path path = folder.resolve(name).normalize();
            return path.startsWith(folder) && staysInside(path) ? Optional.of(path) : Optional.empty();
        } catch (InvalidPathException | IOException e) {
            return Optional.empty();
        }
    }

    private boolean staysInside(Path path) throws IOException {
        return !Files.exists(path) || path.toRealPath().startsWith(folder.toRealPath());
    }

    private boolean isPromised(Path path, String expected, Fields facts) {
        String actual = digests.computeIfAbsent(path, digest);
        if (SHA256.matcher(expected).matches() && !actual.equals(expected)) {
            facts.problem(
                    "sha256",
                    "the file has " + actual + ", but 'sha256' is " + expected
                            + "; restore the file or correct the digest");
        }
        return actual.equals(expected);
    }

    private void problem(DocumentNode.Entry entry, String name, String message) {
        problems.add(entry.position(), "media '" + name + "' " + message);
    }
}
