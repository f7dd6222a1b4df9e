package dev.lockstep.baseline;

import dev.lockstep.client.Answer;
import dev.lockstep.client.Answer.Alternative;
import dev.lockstep.client.Answer.Token;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The first place where two answers to one prompt differ, bit by bit.
 *
 * @param what kind and place: {@code token 3}, {@code logprob of token 0}, {@code text}
 */
public record AnswerDifference(String what, String baseline, String tonight) {

    /** Compares tokens by id, then their log-probabilities and alternatives, then what was made of them; empty when all are equal. */
    public static Optional<AnswerDifference> between(Answer baseline, Answer tonight) {
        return tokens(baseline.tokens(), tonight.tokens()).or(() -> beyondTokens(baseline, tonight));
    }

    /** Compares what was made of the tokens, how the answer ended, and how many tokens its prompt had. */
    static Optional<AnswerDifference> beyondTokens(Answer baseline, Answer tonight) {
        return text("text", baseline.text(), tonight.text())
                .or(() -> text("reasoning", baseline.reasoning(), tonight.reasoning()))
                .or(() -> text("tool calls", calls(baseline), calls(tonight)))
                .or(() -> text("finish reason", baseline.finishReason(), tonight.finishReason()))
                .or(() -> text(
                        "prompt tokens",
                        Integer.toString(baseline.usage().promptTokens()),
                        Integer.toString(tonight.usage().promptTokens())));
    }

    /** Compares tokens by id, then their log-probabilities and alternatives; empty when all are equal, to the last bit. */
    public static Optional<AnswerDifference> tokens(List<Token> baseline, List<Token> tonight) {
        int shared = Math.min(baseline.size(), tonight.size());
        for (int i = 0; i < shared; i++) {
            Token then = baseline.get(i);
            Token now = tonight.get(i);
            if (then.id() != now.id() || !then.text().equals(now.text())) {
                return Optional.of(new AnswerDifference("token " + i, quoted(then), quoted(now)));
            }
            if (then.logprob() != now.logprob()) {
                return Optional.of(logprob(i, then.logprob(), now.logprob()));
            }
            if (!Set.copyOf(then.top()).equals(Set.copyOf(now.top()))) {
                return Optional.of(new AnswerDifference(
                        "alternatives of token " + i, alternatives(then.top()), alternatives(now.top())));
            }
        }
        return baseline.size() == tonight.size()
                ? Optional.empty()
                : Optional.of(
                        new AnswerDifference("token " + shared, beyond(baseline, shared), beyond(tonight, shared)));
    }

    private static AnswerDifference logprob(int place, double then, double now) {
        return new AnswerDifference("logprob of token " + place, Double.toString(then), Double.toString(now));
    }

    private static Optional<AnswerDifference> text(String what, String then, String now) {
        return then.equals(now) ? Optional.empty() : Optional.of(new AnswerDifference(what, then, now));
    }

    private static String calls(Answer answer) {
        StringBuilder text = new StringBuilder();
        answer.toolCalls()
                .forEach(call -> text.append(call.name())
                        .append('(')
                        .append(call.arguments())
                        .append(") "));
        return text.toString().strip();
    }

    private static String quoted(Token token) {
        return "'" + token.text() + "'";
    }

    private static String beyond(List<Token> tokens, int place) {
        return place < tokens.size() ? quoted(tokens.get(place)) : "(end)";
    }

    private static String alternatives(List<Alternative> top) {
        StringBuilder text = new StringBuilder();
        top.forEach(one -> text.append('\'')
                .append(one.text())
                .append("' ")
                .append(one.logprob())
                .append(' '));
        return text.toString().strip();
    }
}
