package dev.lockstep.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that only holds others; alone it shows them. */
abstract class Group implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandSpec command = Objects.requireNonNull(spec);
        var line = command.commandLine();
        line.getErr()
                .println(command.qualifiedName() + " needs one of: "
                        + String.join(", ", command.subcommands().keySet()) + "\n");
        line.usage(line.getErr());
        return ExitCode.USAGE;
    }
}
