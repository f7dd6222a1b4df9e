package dev.lockstep.stack;

import java.util.function.Consumer;

/** Passes on what the launcher says, up to its last words: those say why it failed, and become the error's message. */
final class LastWords implements Consumer<String> {
    private static final String START = "stack.py: ";

    private final Consumer<String> progress;
    private boolean begun;

    LastWords(Consumer<String> progress) {
        this.progress = progress;
    }

    @Override
    public void accept(String line) {
        begun = begun || line.startsWith(START);
        if (!begun) {
            progress.accept(line);
        }
    }

    /** Returns the last words out of the end of what was said; all of it when none are marked as such. */
    static String of(String tail) {
        int start = ("\n" + tail).indexOf("\n" + START);
        return start < 0 ? tail : tail.substring(start + START.length());
    }
}
