package dev.lockstep.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that names another policy. */
final class GateOption {

    @Option(
            names = "--gate",
            paramLabel = "FILE",
            description = "A policy in place of the gate.yaml beside stack.yaml (or under --store).")
    private @Nullable Path file;

    Optional<Path> file() {
        return Optional.ofNullable(file);
    }
}
