package dev.lockstep.cli;

import picocli.CommandLine.Command;

/** Looks after suites. */
@Command(
        name = "suite",
        mixinStandardHelpOptions = true,
        description = "Check suites of prompts.",
        footer = {"", "Example: ${ROOT-COMMAND-NAME} suite check suites"},
        exitCodeOnInvalidInput = ExitCode.USAGE,
        subcommands = SuiteCheckCommand.class)
final class SuiteCommand extends Group {}
