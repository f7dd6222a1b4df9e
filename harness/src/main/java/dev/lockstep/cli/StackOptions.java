package dev.lockstep.cli;

import dev.lockstep.baseline.StackFolder;
import dev.lockstep.stack.StackConfig;
import dev.lockstep.stack.StackConfigReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say which stack is meant, and where its lock and baseline lie. */
final class StackOptions {

    @Option(
            names = "--stack",
            paramLabel = "DIR",
            required = true,
            description = "The stack: a folder with stack.yaml, or the file itself.")
    private @Nullable Path stack;

    @Option(
            names = "--store",
            paramLabel = "DIR",
            description = "Where lock, baseline and gate.yaml lie; default: beside stack.yaml.")
    private @Nullable Path store;

    boolean areGiven() {
        return stack != null;
    }

    StackConfig config() {
        return StackConfigReader.read(path());
    }

    /** Returns where lock, baseline and policy lie. */
    StackFolder folder(StackConfig config) {
        return new StackFolder(
                store == null ? config.file().toAbsolutePath().resolveSibling("") : store.toAbsolutePath());
    }

    /** Returns these options as the user gave them. */
    List<String> words() {
        return store == null
                ? List.of("--stack", path().toString())
                : List.of("--stack", path().toString(), "--store", store.toString());
    }

    private Path path() {
        return Objects.requireNonNull(stack, "picocli insists on --stack");
    }
}
