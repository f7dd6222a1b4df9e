package dev.lockstep.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that names another policy. */
final class GateOption {

    @Option(names = "--gate", paramLabel = "FILE", description = "Another policy than the store's gate.yaml.")
    private @Nullable Path file;

    Optional<Path> file() {
        return Optional.ofNullable(file);
    }
}
