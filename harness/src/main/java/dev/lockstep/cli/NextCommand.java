package dev.lockstep.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A command that a message names, and which the user may type next.
 *
 * <p>It means the same stack, suites and server as the command that says so: the options that both have are taken over, and what
 * else it needs is named as its help names it.
 */
final class NextCommand {
    private static final String STACK = "--stack";
    private static final List<String> TAKEN_OVER =
            List.of(STACK, "--store", "--suites", "--running", "--url", "--name", "--home");

    /** What `stack up` calls otherwise than commands that ask a stack. */
    private static final Map<String, String> OTHER_NAMES = Map.of("--name", "--running");

    private final String path;
    private final CommandSpec target;
    private final CommandSpec current;

    private NextCommand(String path, CommandSpec target, CommandSpec current) {
        this.path = path;
        this.target = target;
        this.current = current;
    }

    /** Finds a command by its name alone; empty when the words are none, or have options or arguments already. */
    static Optional<NextCommand> of(String path, CommandSpec current) {
        CommandSpec target = current.root();
        for (String word : path.split(" ", -1)) {
            @Nullable CommandLine next = target.subcommands().get(word);
            if (next == null) {
                return Optional.empty();
            }
            target = next.getCommandSpec();
        }
        return Optional.of(new NextCommand(path, target, current));
    }

    /** Returns the words of the command, its name first. */
    List<String> words() {
        List<String> words = new ArrayList<>(List.of(path.split(" ", -1)));
        Optional<List<String>> stack = path.startsWith("stack ") ? given(STACK) : Optional.empty();
        target.positionalParameters().forEach(word -> words.addAll(stack.orElseGet(() -> List.of(word.paramLabel()))));
        for (String name : TAKEN_OVER) {
            OptionSpec option = target.findOption(name);
            if (option != null) {
                words.addAll(words(option));
            }
        }
        target.options().stream()
                .filter(option -> option.required() && !TAKEN_OVER.contains(option.longestName()))
                .forEach(option -> words.addAll(List.of(option.longestName(), option.paramLabel())));
        return words;
    }

    private List<String> words(OptionSpec option) {
        String name = option.longestName();
        boolean isNeeded = option.required() || name.equals(STACK);
        return given(OTHER_NAMES.getOrDefault(name, name))
                .map(values -> {
                    List<String> words = new ArrayList<>(List.of(name));
                    words.addAll(values);
                    return words;
                })
                .orElseGet(() -> new ArrayList<>(isNeeded ? List.of(name, option.paramLabel()) : List.of()));
    }

    /** Returns what the user gave to the command that runs. */
    private Optional<List<String>> given(String name) {
        return Optional.ofNullable(current.findOption(name))
                .map(OptionSpec::originalStringValues)
                .filter(values -> !values.isEmpty());
    }
}
