package dev.lockstep.job;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the user starts Lockstep, so that the commands in messages and reports can be pasted into a shell.
 *
 * @param home the folder that the user named with {@code --home}, for the commands that take it; empty when nobody did
 */
public record Invocation(String program, Optional<String> home) {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    public Invocation(String program) {
        this(program, Optional.empty());
    }

    /** Returns the program by its name alone, for where nobody knows how it was started. */
    public static Invocation standard() {
        return new Invocation("lockstep");
    }

    /** Returns this invocation with another home; empty for the one that the environment says. */
    public Invocation at(Optional<String> otherHome) {
        return new Invocation(program, otherHome);
    }

    /** Returns a command with these words, quoted for a POSIX shell where they need it. */
    public String of(String... words) {
        return line(List.of(words));
    }

    /** Returns a command with these words, quoted for a POSIX shell where they need it. */
    public String line(List<String> words) {
        return Stream.concat(Stream.of(program), words.stream())
                .map(Invocation::quoted)
                .collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
