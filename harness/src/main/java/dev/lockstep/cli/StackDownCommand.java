package dev.lockstep.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.stack.ManagedStack;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stops one or all. */
@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description = "Stop stacks that `stack up` started, by their process id.",
        footer = {"", "Example: lockstep stack down tiny-qwen3-vl", "         lockstep stack down --all"},
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class StackDownCommand implements Callable<Integer> {
    @ArgGroup(multiplicity = "1")
    private @Nullable Which which;

    @Mixin
    private WorkplaceOptions place = new WorkplaceOptions();

    @Mixin
    private Output output = new Output();

    /** Either a name or all. */
    static final class Which {
        @Parameters(paramLabel = "NAME", description = "The name it runs under.")
        private @Nullable String name;

        @Option(names = "--all", description = "Every stack under this home.")
        private boolean all;
    }

    @Override
    public Integer call() {
        Which chosen = Objects.requireNonNull(which);
        ManagedStack stacks = StackCommand.stacks(place, output);
        List<String> ended = chosen.all ? stacks.downAll() : down(stacks, Objects.requireNonNull(chosen.name));
        output.print(
                ended.isEmpty() ? "nothing was running" : "stopped " + String.join(", ", ended),
                () -> new ObjectMapper().valueToTree(ended));
        return ExitCode.OK;
    }

    private static List<String> down(ManagedStack stacks, String name) {
        return stacks.down(name) ? List.of(name) : List.of();
    }
}
