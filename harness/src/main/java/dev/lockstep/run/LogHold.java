package dev.lockstep.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to write one run log, kept until it is closed or the process ends.
 *
 * <p>What is locked is a file beside the log: POSIX gives up a process's lock as soon as the process closes any channel to the
 * locked file, and a log is read while it is written. For the same reason a second writer of this process is turned away
 * before it opens that file.
 */
final class LogHold implements AutoCloseable {
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private LogHold(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Takes a log; empty when another writer has it. */
    static Optional<LogHold> of(Path log) throws IOException {
        Path file = RunLogWriter.holdOf(log).toAbsolutePath().normalize();
        if (!HELD_HERE.add(file)) {
            return Optional.empty();
        }
        FileChannel channel = open(file);
        if (channel.tryLock() != null) {
            return Optional.of(new LogHold(file, channel));
        }
        new LogHold(file, channel).close();
        return Optional.empty();
    }

    private static FileChannel open(Path file) throws IOException {
        try {
            return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            HELD_HERE.remove(file);
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        HELD_HERE.remove(file);
    }
}
