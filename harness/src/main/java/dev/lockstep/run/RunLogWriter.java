package dev.lockstep.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Appends whole lines to a run log, each in one write, so that a killed run loses no finished sample. */
public final class RunLogWriter implements AutoCloseable {
    private final FileChannel channel;

    private RunLogWriter(FileChannel channel) {
        this.channel = channel;
    }

    /** Starts a new log with its header. @throws UncheckedIOException when the file exists */
    public static RunLogWriter create(Path file, RunHeader header) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            if (!isOurs(channel)) {
                throw new IOException("another process holds it");
            }
            RunLogWriter writer = new RunLogWriter(channel);
            writer.write(RunLogJson.line(header));
            return writer;
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be created", e);
        }
    }

    /**
     * Goes on with a log; a torn last line is cut off.
     *
     * @return empty when another process is writing it
     */
    public static Optional<RunLogWriter> resume(Path file) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
            if (!isOurs(channel)) {
                channel.close();
                return Optional.empty();
            }
            long complete = RunLog.read(file).completeBytes();
            channel.truncate(complete).position(complete);
            return Optional.of(new RunLogWriter(channel));
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be opened for writing", e);
        }
    }

    /** Takes the file for this process until the channel is closed. */
    private static boolean isOurs(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    public void append(Sample sample) {
        write(RunLogJson.line(RunLogJson.SAMPLE, sample));
    }

    /** Keeps a sample that was asked beyond the plan, because it differed from the baseline. */
    public void appendRepeat(Sample sample) {
        write(RunLogJson.line(RunLogJson.REPEAT, sample));
    }

    /** Keeps what a verdict needs beside the samples. */
    public void appendEnd(RunEnd end) {
        write(RunLogJson.line(end));
    }

    private synchronized void write(String line) {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the run log cannot be written", e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the run log cannot be closed", e);
        }
    }
}
