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
 * @param forced what the stack makes of tokens that it did not choose
 */
public record Answer(
        String text,
        String reasoning,
        List<ToolCall> toolCalls,
        String finishReason,
        Usage usage,
        List<Token> tokens,
        Optional<String> systemFingerprint,
        Forced forced) {

    public Answer {
        toolCalls = List.copyOf(toolCalls);
        tokens = List.copyOf(tokens);
    }

    /** Takes an answer that was made to follow no other. */
    public Answer(
            String text,
            String reasoning,
            List<ToolCall> toolCalls,
            String finishReason,
            Usage usage,
            List<Token> tokens,
            Optional<String> systemFingerprint) {
        this(text, reasoning, toolCalls, finishReason, usage, tokens, systemFingerprint, Forced.NONE);
    }

    /** Returns this answer with the tokens of another that the stack was made to follow. */
    public Answer with(Forced other) {
        return new Answer(text, reasoning, toolCalls, finishReason, usage, tokens, systemFingerprint, other);
    }

    /** Returns the tokens whose log-probabilities compare best: those it was made to generate, else those it chose itself. */
    public List<Token> scored() {
        return forced.decode().isEmpty() ? tokens : forced.decode();
    }

    /**
     * The tokens of another answer to the same prompt, with the log-probabilities that this stack gives them.
     *
     * @param decode generated one after the other; empty when that was not needed, or could not be had
     * @param prefill read as a part of the prompt; empty when that could not be had
     */
    public record Forced(List<Token> decode, List<Token> prefill) {
        public static final Forced NONE = new Forced(List.of(), List.of());

        public Forced {
            decode = List.copyOf(decode);
            prefill = List.copyOf(prefill);
        }
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
     * @param top the likeliest tokens at this place; without sentinels, and without a sampled token that none of them is less likely than
     */
    public record Token(int id, String text, double logprob, List<Alternative> top) {
        public Token {
            top = List.copyOf(top);
        }
    }

    /** A token that could have stood at a place. */
    public record Alternative(int id, String text, double logprob) {}
}
