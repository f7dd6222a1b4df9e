package dev.lockstep.client;

import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a server took to the first token of an answer that came as a whole, as the server itself tells.
 *
 * <p>llama.cpp tells {@code timings.prompt_ms} at the end of a body, others nothing. Inside a text its quotes would be escaped, so
 * that the body need not be parsed.
 */
public final class FirstToken {
    private static final Pattern TOLD = Pattern.compile("\"prompt_ms\":\\s*(\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?)");
    private static final double MILLIS = 1e3;

    private FirstToken() {}

    /** Returns the seconds from the start of the work on a request to its first token; empty when the body does not tell. */
    public static OptionalDouble seconds(String body) {
        Matcher told = TOLD.matcher(body);
        return told.find() ? OptionalDouble.of(Double.parseDouble(told.group(1)) / MILLIS) : OptionalDouble.empty();
    }
}
