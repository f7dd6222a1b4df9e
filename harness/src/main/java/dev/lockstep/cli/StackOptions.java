package dev.lockstep.cli;

import dev.lockstep.baseline.StackFolder;
import dev.lockstep.gate.GatePolicy;
import dev.lockstep.gate.GatePolicyReader;
import dev.lockstep.job.RunRequest;
import dev.lockstep.stack.StackConfig;
import dev.lockstep.stack.StackConfigReader;
import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
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

    @Option(
            names = "--running",
            paramLabel = "NAME",
            description = "The name under which the managed stack is up; default: the stack's own.")
    private @Nullable String running;

    @Option(names = "--url", paramLabel = "URL", description = "Ask this address in place of the one in stack.yaml.")
    private @Nullable URI url;

    @Option(
            names = "--epoch",
            paramLabel = "TEXT",
            description = "Your name for this start of the server, where none can be seen.")
    private @Nullable String epoch;

    StackConfig config() {
        return StackConfigReader.read(path());
    }

    RunRequest request() {
        return request(Optional.empty());
    }

    /** Reads everything; {@code gate} is another policy than the store's. */
    RunRequest request(Optional<Path> gate) {
        StackConfig config = config();
        StackFolder folder = folder(config);
        GatePolicy policy = GatePolicyReader.read(gate.orElseGet(folder::gate));
        return new RunRequest(
                config,
                folder,
                policy,
                Optional.ofNullable(running),
                Optional.ofNullable(url),
                Optional.ofNullable(epoch));
    }

    private StackFolder folder(StackConfig config) {
        return new StackFolder(
                store == null ? config.file().toAbsolutePath().resolveSibling("") : store.toAbsolutePath());
    }

    private Path path() {
        return Objects.requireNonNull(stack, "picocli insists on --stack");
    }
}
