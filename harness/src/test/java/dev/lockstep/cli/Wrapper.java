package dev.lockstep.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The product as its users run it: the script {@code scripts/lockstep}, as a process of its own. */
record Wrapper(Path script, Map<String, String> environment) {
    private static final long PATIENCE_SECONDS = 600;
    private static final String TAKES_INTERRUPTS = "import os, signal, sys;"
            + " signal.signal(signal.SIGINT, signal.SIG_DFL); os.execv(sys.argv[1], sys.argv[1:])";

    /** How a command ended, and what it printed. */
    record Result(int exitCode, String output, String errors) {}

    /** A command that still runs. */
    record Running(Process process, Path output, Path errors) {
        Result await() throws IOException, InterruptedException {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("no end after " + PATIENCE_SECONDS + " s:\n" + Files.readString(errors));
            }
            return new Result(process.exitValue(), Files.readString(output), Files.readString(errors));
        }
    }

    /** The checkout's own script, with this process's environment. */
    static Wrapper ofCheckout() {
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.put("LOCKSTEP_JAVA_HOME", System.getProperty("java.home"));
        return new Wrapper(scripts().resolve("lockstep"), environment);
    }

    static Path scripts() {
        return Path.of(System.getProperty("lockstep.scripts", "../scripts"))
                .toAbsolutePath()
                .normalize();
    }

    Wrapper with(String variable, String value) {
        Map<String, String> changed = new TreeMap<>(environment);
        changed.put(variable, value);
        return new Wrapper(script, changed);
    }

    Result run(Object... words) throws IOException, InterruptedException {
        Running running = start(words);
        Result result = running.await();
        Files.delete(running.output());
        Files.delete(running.errors());
        return result;
    }

    Running start(Object... words) throws IOException {
        return start(List.of(), words);
    }

    /** Starts a command that Ctrl-C ends, also where these tests run as a background job, which makes its children ignore it. */
    Running startInterruptible(Object... words) throws IOException {
        return start(List.of("python3", "-c", TAKES_INTERRUPTS), words);
    }

    private Running start(List<String> launcher, Object... words) throws IOException {
        List<String> command = new ArrayList<>(launcher);
        command.add(script.toString());
        List.of(words).forEach(word -> command.add(word.toString()));
        Path output = Files.createTempFile("lockstep-", ".out");
        Path errors = Files.createTempFile("lockstep-", ".err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new Running(builder.start(), output, errors);
    }
}
