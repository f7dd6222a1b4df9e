package dev.lockstep.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Appends whole lines to a run log, each in one write, so that a killed run loses no finished sample. */
public final class RunLogWriter implements AutoCloseable {
    private final FileChannel channel;
    private final LogHold hold;

    private RunLogWriter(FileChannel channel, LogHold hold) {
        this.channel = channel;
        this.hold = hold;
    }

    /** Starts a new log with its header. @throws UncheckedIOException when the file exists, or another writer has it */
    public static RunLogWriter create(Path file, RunHeader header) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            LogHold hold = LogHold.of(file).orElseThrow(() -> new IOException("another writer has it"));
            RunLogWriter writer = open(file, hold, StandardOpenOption.CREATE_NEW);
            writer.write(RunLogJson.line(header));
            return writer;
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be created", e);
        }
    }

    /**
     * Goes on with a log; a torn last line is cut off.
     *
     * @return empty when another writer has it
     */
    public static Optional<RunLogWriter> resume(Path file) {
        try {
            Optional<LogHold> hold = LogHold.of(file);
            if (hold.isEmpty()) {
                return Optional.empty();
            }
            RunLogWriter writer = open(file, hold.get(), StandardOpenOption.WRITE);
            long complete = RunLog.read(file).completeBytes();
            writer.channel.truncate(complete).position(complete);
            return Optional.of(writer);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be opened for writing", e);
        }
    }

    /** Returns the file that is locked while a log is written. */
    public static Path holdOf(Path log) {
        return log.resolveSibling(log.getFileName() + ".lock");
    }

    private static RunLogWriter open(Path file, LogHold hold, StandardOpenOption option) throws IOException {
        try {
            return new RunLogWriter(FileChannel.open(file, option, StandardOpenOption.WRITE), hold);
        } catch (IOException e) {
            hold.close();
            throw e;
        }
    }

    public void append(Sample sample) {
        write(RunLogJson.line(RunLogJson.SAMPLE, sample));
    }

    /** Keeps a sample that was asked beyond the plan, because it differed from the baseline. */
    public void appendRepeat(Sample sample) {
        write(RunLogJson.line(RunLogJson.REPEAT, sample));
    }

    /** Keeps a sample that was asked afresh because a test fired. */
    public void appendConfirm(Sample sample) {
        write(RunLogJson.line(RunLogJson.CONFIRM, sample));
    }

    /** Keeps a sample that was asked again to tell behaviour from an outage. */
    public void appendControl(Sample sample) {
        write(RunLogJson.line(RunLogJson.CONTROL, sample));
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
            hold.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the run log cannot be closed", e);
        }
    }
}
