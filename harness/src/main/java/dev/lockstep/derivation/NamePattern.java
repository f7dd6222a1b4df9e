package dev.lockstep.derivation;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names of tensors: {@code *} stands for any letters, <code>{a,b}</code> for one of several. */
public final class NamePattern {
    private static final Pattern PART = Pattern.compile("\\*|\\{([^{}]*)}|[^*{}]+|[{}]");
    private static final Pattern COMMA = Pattern.compile(",");

    private final String text;
    private final Pattern pattern;

    private NamePattern(String text, Pattern pattern) {
        this.text = text;
        this.pattern = pattern;
    }

    /** Returns it; empty when a brace has no partner, or nothing is named. */
    static Optional<NamePattern> of(String text) {
        StringBuilder expression = new StringBuilder();
        Matcher part = PART.matcher(text);
        while (part.find()) {
            if (part.group().equals("{") || part.group().equals("}")) {
                return Optional.empty();
            }
            expression.append(expression(part));
        }
        return text.isBlank()
                ? Optional.empty()
                : Optional.of(new NamePattern(text, Pattern.compile(expression.toString())));
    }

    private static String expression(Matcher part) {
        if (part.group().equals("*")) {
            return ".*";
        }
        String choices = part.group(1);
        return choices == null ? Pattern.quote(part.group()) : choices(COMMA.splitAsStream(choices));
    }

    private static String choices(Stream<String> words) {
        return words.map(word -> Pattern.quote(word.strip())).collect(Collectors.joining("|", "(?:", ")"));
    }

    boolean matches(String name) {
        return pattern.matcher(name).matches();
    }

    @Override
    public String toString() {
        return text;
    }
}
