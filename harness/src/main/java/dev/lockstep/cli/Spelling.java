package dev.lockstep.cli;

import dev.lockstep.job.Invocation;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Commands in messages as they can be pasted.
 *
 * <p>Every package spells a command in its messages as {@code `lockstep …`}; only the command line knows how it was started, and for
 * which stack. A command that is named without any option gets those that the user gave.
 *
 * @param command what the user runs
 */
record Spelling(Invocation invocation, CommandSpec command) {
    private static final Pattern COMMAND = Pattern.compile("`lockstep (?<words>[^`]+)`");

    String of(String message) {
        return COMMAND.matcher(message)
                .replaceAll(found -> Matcher.quoteReplacement("`" + spelled(found.group(1)) + "`"));
    }

    private String spelled(String words) {
        return NextCommand.of(words, command)
                .map(next -> invocation.line(next.words()))
                .orElseGet(() -> invocation.of() + " " + words);
    }
}
