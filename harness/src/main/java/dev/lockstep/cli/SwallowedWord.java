package dev.lockstep.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;

/** A word that is missing, because an option before it takes as many words as there are. */
record SwallowedWord(CommandLine command, List<String> arguments) {

    /** Returns what happened to the missing word; empty when no option can have taken it. */
    Optional<String> explain(ParameterException mistake) {
        if (!(mistake instanceof MissingParameterException missing)) {
            return Optional.empty();
        }
        return missing.getMissing().stream()
                .filter(PositionalParamSpec.class::isInstance)
                .findFirst()
                .flatMap(word -> greedy().map(option -> sentence(word.paramLabel(), option)));
    }

    /** Returns the first option that took more words than one, the last of which it could do without. */
    private Optional<OptionSpec> greedy() {
        return command.getCommandSpec().options().stream()
                .filter(option -> option.arity().isVariable() && taken(option).size() > 1)
                .findFirst();
    }

    private List<String> taken(OptionSpec option) {
        return arguments.stream()
                .dropWhile(word -> !List.of(option.names()).contains(word))
                .skip(1)
                .takeWhile(word -> !word.startsWith("-"))
                .toList();
    }

    private String sentence(String missing, OptionSpec option) {
        return missing + " is missing: " + option.longestName() + " takes every word up to the next option, so '"
                + taken(option).getLast() + "' is a " + option.paramLabel() + " of it; write " + missing + " before "
                + option.longestName();
    }
}
