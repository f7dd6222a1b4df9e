package dev.lockstep.cli;

import dev.lockstep.job.RunRequest;
import dev.lockstep.stack.StackConfig;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that say which stack is asked, and where its lock and baseline lie. */
final class StackOptions {

    @Mixin
    private StoreOptions store = new StoreOptions();

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
        return store.config();
    }

    RunRequest request() {
        return request(Optional.empty());
    }

    /** Reads everything; {@code gate} is another policy than the store's. */
    RunRequest request(Optional<Path> gate) {
        RunRequest files = store.request(gate);
        return new RunRequest(
                files.stack(),
                files.folder(),
                files.policy(),
                Optional.ofNullable(running),
                Optional.ofNullable(url),
                Optional.ofNullable(epoch));
    }
}
