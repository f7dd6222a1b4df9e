package dev.lockstep.cli;

import dev.lockstep.baseline.StackFolder;
import dev.lockstep.gate.GatePolicyReader;
import dev.lockstep.job.RunRequest;
import dev.lockstep.stack.StackConfig;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say which server of a stack is asked. */
final class ServerOptions {

    @Option(
            names = "--running",
            paramLabel = "NAME",
            description = "The name that `stack up --name` gave it; default: the stack's own.")
    private @Nullable String running;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Ask this address in place of the one in stack.yaml; /v1 at its end is left out.")
    private @Nullable URI url;

    @Option(
            names = "--epoch",
            paramLabel = "TEXT",
            description =
                    "A name of yours for this start of the server, where Lockstep cannot see its process: on another machine, or behind a proxy.")
    private @Nullable String epoch;

    RunRequest request(StackOptions stack) {
        return request(stack, Optional.empty());
    }

    /** Reads everything; {@code gate} is another policy than the store's. */
    RunRequest request(StackOptions stack, Optional<Path> gate) {
        StackConfig config = stack.config();
        StackFolder folder = stack.folder(config);
        return new RunRequest(
                config,
                folder,
                GatePolicyReader.inForce(gate, folder.gate()),
                Optional.ofNullable(running),
                Optional.ofNullable(url).map(ServerRoot::of),
                Optional.ofNullable(epoch));
    }

    /** Returns these options as the user gave them, less the name of the start: the next start needs its own. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        if (running != null) {
            words.addAll(List.of("--running", running));
        }
        if (url != null) {
            words.addAll(List.of("--url", url.toString()));
        }
        return words;
    }
}
