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
    private static final String OVERLAY = "overlay";
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

    /** Returns the same memory, its file under the name by which this process finds it. */
    MappedFile at(Path here) {
        return new MappedFile(here, device, inode, deleted);
    }

    /**
     * Tells whether this is a file that lies on a disk.
     *
     * <p>Inode and device tell it. In maps, btrfs shows the device of the whole file system, and overlayfs that of the layer
     * below; there, the name that the kernel gives to the mapped file must be the file's, too.
     *
     * @param file a path without links
     */
    boolean is(Path file, MountTable mounts) throws IOException {
        if (deleted || inode != (long) Files.getAttribute(file, "unix:ino")) {
            return false;
        }
        if (device.equals(device((long) Files.getAttribute(file, "unix:dev")))) {
            return true;
        }
        return path.equals(file)
                && mounts.of(file)
                        .filter(mount ->
                                mount.device().equals(device) || mount.type().equals(OVERLAY))
                        .isPresent();
    }

    private static String device(long number) {
        long major = ((number >>> 8) & 0xfff) | ((number >>> 32) & ~0xfffL);
        long minor = (number & 0xff) | ((number >>> 12) & ~0xffL);
        return device(major, minor);
    }

    static String device(long major, long minor) {
        return String.format(Locale.ROOT, "%02x:%02x", major, minor);
    }
}
