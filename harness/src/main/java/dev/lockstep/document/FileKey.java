package dev.lockstep.document;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What changes when the bytes of a file change: the inode, the size, or a time.
 *
 * <p>Programs may set the time of the last modification, but not that of the last change ({@code ctime}).
 *
 * @param modified nanoseconds since 1970
 * @param changed nanoseconds since 1970
 */
public record FileKey(long device, long inode, long size, long modified, long changed) {

    /** Returns the key of a file, that of its target where it is a link; empty where the file system knows no inodes. */
    public static Optional<FileKey> of(Path file) throws IOException {
        try {
            Map<String, Object> found = Files.readAttributes(file, "unix:dev,ino,size,lastModifiedTime,ctime");
            return Optional.of(new FileKey(
                    number(found, "dev"),
                    number(found, "ino"),
                    number(found, "size"),
                    time(found, "lastModifiedTime"),
                    time(found, "ctime")));
        } catch (UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    /** Returns when it last changed. */
    public Instant changedAt() {
        return FileTime.from(changed, TimeUnit.NANOSECONDS).toInstant();
    }

    private static long number(Map<String, Object> attributes, String name) {
        return attributes.get(name) instanceof Number number ? number.longValue() : 0;
    }

    private static long time(Map<String, Object> attributes, String name) {
        return attributes.get(name) instanceof FileTime time ? time.to(TimeUnit.NANOSECONDS) : 0;
    }
}
