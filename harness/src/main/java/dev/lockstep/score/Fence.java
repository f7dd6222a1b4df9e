package dev.lockstep.score;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text without the Markdown fence around it; that there was one is worth telling, since a new fence is a change. */
record Fence(String content, boolean fenced) {
    private static final Pattern FENCE = Pattern.compile("```(?:json|JSON)?[ \\t]*\\R(.*?)\\s*```", Pattern.DOTALL);

    static Fence strip(String text) {
        Matcher matcher = FENCE.matcher(text.strip());
        return matcher.matches() ? new Fence(matcher.group(1), true) : new Fence(text.strip(), false);
    }

    /** Adds to a detail that the answer stood in a fence. */
    String named(String detail) {
        return fenced ? detail + " (in a ```json fence)" : detail;
    }
}
