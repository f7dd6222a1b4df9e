package dev.lockstep.cli;

import picocli.CommandLine.Command;

/** Goes back to an earlier lock. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = "Say whether an earlier lock can be served again, and move an alias to it.",
        footer = {
            "",
            "Example: ${ROOT-COMMAND-NAME} rollback check last-good \\",
            "           --stack baselines/tiny-qwen3-vl",
            "         ${ROOT-COMMAND-NAME} rollback to last-good --alias prod \\",
            "           --stack baselines/tiny-qwen3-vl"
        },
        exitCodeOnInvalidInput = ExitCode.USAGE,
        subcommands = {RollbackCheckCommand.class, RollbackToCommand.class})
final class RollbackCommand extends Group {}
