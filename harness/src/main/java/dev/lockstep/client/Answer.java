package dev.lockstep.client;

import java.util.List;
import java.util.Optional;

/**
 * A chat completion, read from the raw body.
 *
 * @param text the message's content; empty when it has none
 * @param reasoning {@code reasoning} or {@code reasoning_content}; empty when there is none
 * @param finishReason as the server spells it; empty when it is null
 * @param tokens the generated tokens with log-probabilities; empty when they were not asked for
 */
public record Answer(
        String text,
        String reasoning,
        List<ToolCall> toolCalls,
        String finishReason,
        Usage usage,
        List<Token> tokens,
        Optional<String> systemFingerprint) {

    public Answer {
        toolCalls = List.copyOf(toolCalls);
        tokens = List.copyOf(tokens);
    }

    /** A call as the model made it; the arguments are its text, not yet parsed. */
    public record ToolCall(String id, String name, String arguments) {}

    /** Token counts; -1 when the server does not say. */
    public record Usage(int promptTokens, int completionTokens, int cachedTokens) {}

    /**
     * A generated token.
     *
     * @param id its number in the vocabulary; -1 when the server does not say
     * @param logprob natural logarithm of its probability; negative infinity when the server sent its sentinel
     * @param top the likeliest tokens at this place, sentinels left out
     */
    public record Token(int id, String text, double logprob, List<Alternative> top) {
        public Token {
            top = List.copyOf(top);
        }
    }

    /** A token that could have stood at a place. */
    public record Alternative(int id, String text, double logprob) {}
}
