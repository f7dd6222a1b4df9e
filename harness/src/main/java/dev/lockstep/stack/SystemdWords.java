package dev.lockstep.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits a setting of a systemd unit into words: both kinds of quotes, C escapes, {@code %%}; no shell reads it. */
final class SystemdWords {
    private static final Map<Character, Character> ESCAPES =
            Map.of('a', '\u0007', 'b', '\b', 'f', '\f', 'n', '\n', 'r', '\r', 't', '\t', 'v', '\u000b', 's', ' ');
    private static final Pattern HEX = Pattern.compile("\\G\\p{XDigit}{2}");
    private static final Pattern REFERENCE = Pattern.compile("\\$(?:\\$|\\{(\\w+)})");
    private static final Pattern WHOLE_WORD = Pattern.compile("\\$(\\w+)");

    private final String text;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private char quote;
    private boolean isWord;
    private int at;

    private SystemdWords(String text) {
        this.text = text;
    }

    static List<String> of(String text) {
        return new SystemdWords(text).split();
    }

    /** Puts variables in the place of {@code ${NAME}}, and their words in that of a word {@code $NAME}. */
    static List<String> expand(List<String> words, Map<String, String> variables) {
        List<String> expanded = new ArrayList<>();
        for (String word : words) {
            Matcher whole = WHOLE_WORD.matcher(word);
            if (whole.matches() && variables.containsKey(whole.group(1))) {
                expanded.addAll(of(variables.getOrDefault(whole.group(1), "")));
            } else {
                expanded.add(withValues(word, variables));
            }
        }
        return expanded;
    }

    private static String withValues(String word, Map<String, String> variables) {
        return REFERENCE.matcher(word).replaceAll(match -> {
            String name = match.group(1);
            String value = name == null ? "$" : variables.getOrDefault(name, match.group());
            return Matcher.quoteReplacement(value);
        });
    }

    private List<String> split() {
        while (at < text.length()) {
            step(text.charAt(at++));
        }
        endWord();
        return List.copyOf(words);
    }

    private void step(char character) {
        if (quote != 0 && character == quote) {
            quote = 0;
        } else if (quote == 0 && (character == '"' || character == '\'')) {
            quote = character;
            isWord = true;
        } else if (quote == 0 && Character.isWhitespace(character)) {
            endWord();
        } else if (character == '\\' && at < text.length()) {
            add(escaped(text.charAt(at++)));
        } else if (character == '%' && text.startsWith("%", at)) {
            at++;
            add('%');
        } else {
            add(character);
        }
    }

    private char escaped(char character) {
        Matcher hex = HEX.matcher(text).region(at, text.length());
        if (character == 'x' && hex.find()) {
            at += hex.group().length();
            return (char) Integer.parseInt(hex.group(), 16);
        }
        return ESCAPES.getOrDefault(character, character);
    }

    private void add(char character) {
        word.append(character);
        isWord = true;
    }

    private void endWord() {
        if (isWord) {
            words.add(word.toString());
        }
        word.setLength(0);
        isWord = false;
    }
}
