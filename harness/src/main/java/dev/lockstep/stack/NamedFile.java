package dev.lockstep.stack;

import dev.lockstep.document.Sha256;
import dev.lockstep.lock.FileHasher;
import dev.lockstep.lock.Hashing;
import dev.lockstep.lock.Layer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file or folder that a command line names beside the model: an adapter, a control vector, a template, a draft model.
 *
 * @param flag the flag that names it, and its number among the files of that flag: {@code --lora-modules.1}
 */
record NamedFile(Layer layer, String flag, Path path) {

    /** Returns the prefix of its fields in the lock. */
    String role() {
        return "file." + flag;
    }

    /** Returns the field of its digest. */
    String field() {
        return role() + ".sha256";
    }

    /** Returns the files in it, itself when it is one, in the order of their names; none when it cannot be read. */
    List<Path> files() {
        if (!Files.isReadable(path)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(path, FileVisitOption.FOLLOW_LINKS)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }

    /** Returns the digest of its bytes, for a folder those of all names and files in it; empty when it cannot be read. */
    Optional<String> digest() {
        List<Path> files = files();
        if (files.isEmpty() || !files.stream().allMatch(Files::isReadable)) {
            return Optional.empty();
        }
        String hex = files.equals(List.of(path)) ? Sha256.of(path) : Sha256.of(list(files));
        return Optional.of("sha256:" + hex);
    }

    /** Returns the lines that {@code sha256sum} prints in the folder. */
    private String list(List<Path> files) {
        StringBuilder list = new StringBuilder();
        new FileHasher(Hashing.onAllCores())
                .digestAll(files)
                .forEach((file, digest) -> list.append(digest.sha256())
                        .append("  ")
                        .append(path.relativize(file))
                        .append('\n'));
        return list.toString();
    }
}
