package dev.lockstep.baseline;

import dev.lockstep.lock.LockId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The locks of a stack that people approved, by the names of their files.
 *
 * @param folder where they lie
 */
record ApprovedLocks(Path folder, List<LockId> ids) {
    private static final Pattern FILE = Pattern.compile("(lk1-[0-9a-f]{64})\\.json");

    ApprovedLocks {
        ids = List.copyOf(ids);
    }

    static ApprovedLocks of(StackFolder stack) {
        Path folder = stack.approvedLocks();
        if (!Files.isDirectory(folder)) {
            return new ApprovedLocks(folder, List.of());
        }
        try (Stream<Path> files = Files.list(folder)) {
            return new ApprovedLocks(
                    folder,
                    files.map(file -> FILE.matcher(String.valueOf(file.getFileName())))
                            .filter(Matcher::matches)
                            .map(name -> new LockId(name.group(1)))
                            .sorted()
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": cannot be listed", e);
        }
    }

    /** Returns them in words: {@code approved are lk1-…, lk1-…}. */
    @Override
    public String toString() {
        return ids.isEmpty()
                ? "nothing is approved in " + folder
                : "approved are " + ids.stream().map(LockId::value).collect(Collectors.joining(", "));
    }
}
