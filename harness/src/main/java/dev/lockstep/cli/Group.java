package dev.lockstep.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that only holds others. */
abstract class Group implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        CommandSpec command = Objects.requireNonNull(spec);
        throw new CommandLine.ParameterException(
                command.commandLine(),
                command.qualifiedName() + " needs one of: "
                        + String.join(", ", command.subcommands().keySet()));
    }
}
