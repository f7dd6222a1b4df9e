package dev.lockstep.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file in the memory of a process.
 *
 * @param device major and minor number as the kernel prints them: {@code fe:00}
 * @param deleted whether the name now means another file, or none
 */
public record MappedFile(Path path, String device, long inode, boolean deleted) {
    private static final Pattern LINE =
            Pattern.compile("\\S+ \\S+ \\S+ ([0-9a-f]+:[0-9a-f]+) ([1-9]\\d*) +(/.*?)( \\(deleted\\))?");

    /** Reads a line of {@code /proc/<pid>/maps}; empty for memory without a file. */
    static Optional<MappedFile> of(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(new MappedFile(
                Path.of(matcher.group(3)),
                matcher.group(1),
                Long.parseLong(matcher.group(2)),
                matcher.group(4) != null));
    }

    /**
     * Tells whether this is the file that now has that name.
     *
     * <p>Some file systems (btrfs, overlayfs) show one device number in maps and another in stat; there, the same path and
     * inode must do.
     */
    boolean is(Path file) throws IOException {
        if (deleted || inode != (long) Files.getAttribute(file, "unix:ino")) {
            return false;
        }
        return device.equals(device((long) Files.getAttribute(file, "unix:dev"))) || path.equals(file.toRealPath());
    }

    private static String device(long number) {
        long major = ((number >>> 8) & 0xfff) | ((number >>> 32) & ~0xfffL);
        long minor = (number & 0xff) | ((number >>> 12) & ~0xffL);
        return String.format(Locale.ROOT, "%02x:%02x", major, minor);
    }
}
