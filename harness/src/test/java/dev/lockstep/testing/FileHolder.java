package dev.lockstep.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Another process that holds a file, as a run that is being written does. */
public final class FileHolder implements AutoCloseable {
    private final Process process;

    private FileHolder(Process process) {
        this.process = process;
    }

    /** Returns when the other process holds the file. */
    public static FileHolder of(Path file) {
        try {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            FileHolder.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .getPath(),
                            FileHolder.class.getName(),
                            file.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            FileHolder holder = new FileHolder(process);
            if (process.getInputStream().read() < 0) {
                holder.close();
                throw new IOException(file + " could not be held");
            }
            return holder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Holds the file that is named until its input ends. */
    public static void main(String[] arguments) throws IOException {
        try (FileChannel channel = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.WRITE)) {
            if (channel.tryLock() != null) {
                System.out.println("held");
                System.out.flush();
                System.in.read();
            }
        }
    }

    /** Returns whether the other process is still there. */
    public boolean holds() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
