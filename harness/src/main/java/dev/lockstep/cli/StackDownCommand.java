package dev.lockstep.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.document.NearestName;
import dev.lockstep.stack.ManagedStack;
import dev.lockstep.stack.RunningStack;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
        footer = {
            "",
            "Example: ${ROOT-COMMAND-NAME} stack down tiny-qwen3-vl",
            "         ${ROOT-COMMAND-NAME} stack down --all"
        },
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
        @Parameters(paramLabel = "NAME", description = "The name it runs under; `stack status` lists them.")
        private @Nullable String name;

        @Option(names = "--all", description = "Every stack under this home.")
        private boolean all;
    }

    @Override
    public Integer call() {
        Which chosen = Objects.requireNonNull(which);
        ManagedStack stacks = StackCommand.stacks(place, output);
        List<String> ended = chosen.all ? stacks.downAll() : down(stacks, Objects.requireNonNull(chosen.name));
        output.print(text(chosen, ended), () -> new ObjectMapper().valueToTree(ended));
        return ExitCode.OK;
    }

    private static String text(Which chosen, List<String> ended) {
        if (!ended.isEmpty()) {
            return "stopped " + String.join(", ", ended);
        }
        return chosen.all ? "no stack was up" : "stack '" + chosen.name + "' was not up";
    }

    /** Stopping what is stopped already does no harm, but a name that nobody ever used is a mistake. */
    private List<String> down(ManagedStack stacks, String name) {
        List<String> known = stacks.everStarted();
        if (!known.contains(name)) {
            throw new LockstepException(ErrorKind.CONFIG, unknown(name, known, stacks.status()));
        }
        return stacks.down(name) ? List.of(name) : List.of();
    }

    private String unknown(String name, List<String> known, List<RunningStack> running) {
        String near = NearestName.of(name.replaceFirst("^.*/(?=.)", ""), known)
                .map(each -> "; did you mean '" + each + "'?")
                .orElse("");
        String up = running.stream()
                .filter(RunningStack::alive)
                .map(RunningStack::name)
                .collect(Collectors.joining(", "));
        return "no stack '" + name + "' was ever started under " + place.home()
                + (up.isEmpty() ? "; no stack is up" : "; up: " + up) + near;
    }
}
