package dev.lockstep.score;

import dev.lockstep.client.Answer;
import java.util.regex.Pattern;

/**
 * Takes the thinking out of an answer's text.
 *
 * <p>Some templates open the thinking in the prompt, so that only {@code </think>} shows in the text; and an answer cut off
 * while thinking never closes it. In the first case all before the tag goes, in the second all after it.
 */
final class Thinking {
    private static final Pattern CLOSED = Pattern.compile("<think>.*?</think>", Pattern.DOTALL);
    private static final String OPEN = "<think>";
    private static final String CLOSE = "</think>";

    private Thinking() {}

    static Answer removedFrom(Answer answer) {
        return new Answer(
                remove(answer.text()),
                answer.reasoning(),
                answer.toolCalls(),
                answer.finishReason(),
                answer.usage(),
                answer.tokens(),
                answer.systemFingerprint());
    }

    static String remove(String text) {
        String rest = CLOSED.matcher(text).replaceAll("");
        int close = rest.lastIndexOf(CLOSE);
        if (close >= 0) {
            rest = rest.substring(close + CLOSE.length());
        }
        int open = rest.indexOf(OPEN);
        return open < 0 ? rest : rest.substring(0, open);
    }
}
