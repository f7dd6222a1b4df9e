package dev.lockstep.cli;

import dev.lockstep.document.NearestName;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;

/** Says what is wrong with the words of a command: those that nobody knows first, for what is missing may be one of them. */
final class UsageMistakes implements IParameterExceptionHandler {

    @Override
    public int handleParseException(ParameterException mistake, String[] arguments) {
        CommandLine command = mistake.getCommandLine();
        PrintWriter err = command.getErr();
        List<String> unknown = unknown(command, arguments);
        if (unknown.isEmpty()) {
            err.println(new SwallowedWord(command, List.of(arguments))
                    .explain(mistake)
                    .orElseGet(mistake::getMessage));
        } else {
            unknown.forEach(err::println);
        }
        err.println("for all options: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    /** The rest of a line belongs to the command that it starts with, so nothing of it is known before that is. */
    private static List<String> unknown(CommandLine command, String[] arguments) {
        List<String> unmatched = command.getUnmatchedArguments();
        boolean mistyped = !command.getSubcommands().isEmpty()
                && !unmatched.isEmpty()
                && !unmatched.getFirst().startsWith("-");
        List<String> options = mistyped ? List.of() : unknownOptions(command, arguments);
        return options.isEmpty()
                ? unmatched.stream()
                        .limit(1)
                        .map(word -> unknownWord(command, word))
                        .toList()
                : options;
    }

    private static List<String> unknownOptions(CommandLine command, String[] arguments) {
        NavigableSet<String> known = options(command);
        return Arrays.stream(arguments)
                .takeWhile(word -> !word.equals("--"))
                .filter(word -> word.startsWith("-"))
                .map(word -> word.replaceFirst("=.*", ""))
                .filter(name -> !known.contains(name))
                .map(name -> "unknown option '" + name + "'" + hint(name, known))
                .toList();
    }

    /** Returns the options of a command and of those it stands under. */
    private static NavigableSet<String> options(CommandLine command) {
        NavigableSet<String> names = new TreeSet<>();
        for (@Nullable CommandLine each = command; each != null; each = each.getParent()) {
            each.getCommandSpec().options().stream()
                    .flatMap(option -> Stream.of(option.names()))
                    .forEach(names::add);
        }
        return names;
    }

    private static String unknownWord(CommandLine command, String word) {
        Collection<String> known = command.getSubcommands().keySet();
        if (known.isEmpty()) {
            return "'" + word + "' is one word too many; quote values that hold blanks";
        }
        String near = NearestName.of(word, known)
                .map(each -> "; did you mean '" + each + "'?")
                .orElse("");
        return "unknown command '" + word + "'" + near + "\nknown: " + String.join(", ", known);
    }

    private static String hint(String word, Collection<String> known) {
        return NearestName.of(word, known)
                .map(near -> "; did you mean '" + near + "'?")
                .orElseGet(() -> "; known: " + String.join(", ", known));
    }
}
