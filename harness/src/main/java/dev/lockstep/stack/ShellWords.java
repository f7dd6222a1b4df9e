package dev.lockstep.stack;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a command line into words as a POSIX shell does: blanks, quotes, backslashes, comments and continued lines.
 *
 * <p>Nothing is expanded; operators such as {@code &&} are words of their own where blanks stand around them.
 */
final class ShellWords {
    private final String text;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean isWord;
    private int at;

    private ShellWords(String text) {
        this.text = text;
    }

    /** Returns the words; a quote that is left open ends with the text. */
    static List<String> of(String text) {
        return new ShellWords(text).split();
    }

    private List<String> split() {
        while (at < text.length()) {
            step(text.charAt(at++));
        }
        endWord();
        return List.copyOf(words);
    }

    private void step(char character) {
        switch (character) {
            case ' ', '\t', '\n', '\r' -> endWord();
            case '\'' -> single();
            case '"' -> quoted();
            case '\\' -> escaped();
            case '#' -> hash();
            default -> add(character);
        }
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

    private void single() {
        isWord = true;
        while (at < text.length() && text.charAt(at) != '\'') {
            add(text.charAt(at++));
        }
        at++;
    }

    private void quoted() {
        isWord = true;
        while (at < text.length() && text.charAt(at) != '"') {
            char character = text.charAt(at++);
            boolean isEscape = character == '\\' && at < text.length() && "\"\\$`\n".indexOf(text.charAt(at)) >= 0;
            if (!isEscape) {
                add(character);
            } else if (text.charAt(at++) != '\n') {
                add(text.charAt(at - 1));
            }
        }
        at++;
    }

    private void escaped() {
        if (at < text.length() && text.charAt(at) == '\n') {
            at++;
        } else if (at < text.length()) {
            add(text.charAt(at++));
        }
    }

    /** A comment begins with a word. */
    private void hash() {
        if (isWord) {
            add('#');
            return;
        }
        while (at < text.length() && text.charAt(at) != '\n') {
            at++;
        }
    }
}
