package dev.lockstep.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.stack.ManagedStack;
import dev.lockstep.stack.RunningStack;
import picocli.CommandLine.Command;

/** Starts and stops stacks that Lockstep can run itself. */
@Command(
        name = "stack",
        mixinStandardHelpOptions = true,
        description = "Start, stop and list the stacks that Lockstep runs itself, such as the embedded one.",
        footer = {"", "Example: ${ROOT-COMMAND-NAME} stack up baselines/tiny-qwen3-vl"},
        exitCodeOnInvalidInput = ExitCode.USAGE,
        subcommands = {StackUpCommand.class, StackDownCommand.class, StackStatusCommand.class})
final class StackCommand extends Group {

    static ManagedStack stacks(WorkplaceOptions place, Output output) {
        return place.workplace(output.terminal()).stacks();
    }

    static ObjectNode json(RunningStack stack) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", stack.name())
                .put("url", stack.url().toString())
                .put("pid", stack.pid())
                .put("alive", stack.alive())
                .put("log", stack.log().toString())
                .put("version", stack.version())
                .put("opaque", stack.opaque());
    }
}
