package dev.lockstep.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.lockstep.stack.RunningStack;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists them. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "List the stacks that `stack up` started.",
        footer = {"", "Example: ${ROOT-COMMAND-NAME} stack status --json"},
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class StackStatusCommand implements Callable<Integer> {
    @Mixin
    private WorkplaceOptions place = new WorkplaceOptions();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        List<RunningStack> all = StackCommand.stacks(place, output).status();
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        all.forEach(stack -> array.add(StackCommand.json(stack)));
        output.print(all.isEmpty() ? "no stack is up" : table(all), () -> array);
        return ExitCode.OK;
    }

    private static String table(List<RunningStack> all) {
        return all.stream()
                .map(stack -> String.format(
                        "%-24s %-5s %s  pid %d  %s",
                        stack.name(), stack.alive() ? "up" : "dead", stack.url(), stack.pid(), stack.log()))
                .collect(Collectors.joining("\n"));
    }
}
