package dev.lockstep.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A command line, word by word, each with the flag that it belongs to. */
final class ArgvFlags {
    private static final Pattern JOINED = Pattern.compile("(--?[A-Za-z][\\w.-]*)=(.*)", Pattern.DOTALL);
    private static final Pattern FLAG = Pattern.compile("--?[A-Za-z].*", Pattern.DOTALL);
    private static final Pattern PLAIN_FLAG = Pattern.compile("--[a-z][a-z0-9-]*|-[a-z]{1,5}");

    private ArgvFlags() {}

    /**
     * A word of a command line.
     *
     * @param flag the flag itself, or the one before it; empty before the first
     * @param number its place among the values of the flag, from 0 on; -1 for the flag itself
     * @param value empty for the flag itself
     * @param joined whether flag and value are one word: {@code --flag=value}
     */
    record Word(String flag, int number, String value, boolean joined) {
        boolean isFlag() {
            return number < 0;
        }
    }

    static List<Word> of(List<String> argv) {
        List<Word> words = new ArrayList<>();
        Word last = new Word("", -1, "", false);
        for (String text : argv) {
            last = next(last, text);
            words.add(last);
        }
        return List.copyOf(words);
    }

    private static Word next(Word last, String text) {
        Matcher joined = JOINED.matcher(text);
        if (joined.matches()) {
            return new Word(joined.group(1), 0, joined.group(2), true);
        }
        return isFlag(last, text)
                ? new Word(text, -1, "", false)
                : new Word(last.flag(), last.number() + 1, text, false);
    }

    /** A secret may begin with a dash itself. */
    private static boolean isFlag(Word last, String text) {
        boolean mayBeSecret = last.isFlag() && SecretWords.isSecret(last.flag());
        return (mayBeSecret ? PLAIN_FLAG : FLAG).matcher(text).matches();
    }
}
