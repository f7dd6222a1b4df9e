package dev.lockstep.cli;

import dev.lockstep.baseline.StackFolder;
import dev.lockstep.gate.GatePolicyReader;
import dev.lockstep.job.RunRequest;
import dev.lockstep.stack.StackConfig;
import dev.lockstep.stack.StackConfigReader;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say whose lock and baseline are meant, and where they lie. */
final class StoreOptions {

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

    StackConfig config() {
        return StackConfigReader.read(Objects.requireNonNull(stack, "picocli insists on --stack"));
    }

    RunRequest request() {
        return request(Optional.empty());
    }

    /** Reads everything; {@code gate} is another policy than the store's. */
    RunRequest request(Optional<Path> gate) {
        StackConfig config = config();
        StackFolder folder = folder(config);
        return new RunRequest(
                config,
                folder,
                GatePolicyReader.read(gate.orElseGet(folder::gate)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private StackFolder folder(StackConfig config) {
        return new StackFolder(
                store == null ? config.file().toAbsolutePath().resolveSibling("") : store.toAbsolutePath());
    }
}
