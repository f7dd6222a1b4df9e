package dev.lockstep.cli;

import java.util.List;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Lets a command that has subcommands be used for them without its own mandatory options.
 *
 * <p>The parser asks for a parent's options whenever a subcommand is used; such a command asks for them itself.
 */
final class OnlyWithoutSubcommand implements IModelTransformer {

    @Override
    public CommandSpec transform(CommandSpec command) {
        List<OptionSpec> mandatory =
                command.options().stream().filter(OptionSpec::required).toList();
        for (OptionSpec option : mandatory) {
            command.remove(option);
            command.addOption(OptionSpec.builder(option).required(false).build());
        }
        return command;
    }
}
