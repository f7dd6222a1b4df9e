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
            int place = i;
            Optional<AnswerDifference> found = id(i, baseline, tonight).or(() -> at(place, baseline, tonight));
            if (found.isPresent()) {
                return found;
            }
        }
        return ids(baseline, tonight);
    }

    /** Compares tokens by id and text alone. */
    static Optional<AnswerDifference> ids(List<Token> baseline, List<Token> tonight) {
        int place = firstOther(baseline, tonight);
        return place == baseline.size() && place == tonight.size() ? Optional.empty() : id(place, baseline, tonight);
    }

    /**
     * Compares the log-probabilities of the tokens, and of their alternatives, as long as the tokens are the same; at the first
     * that is another one the alternatives alone, for they follow the same tokens still.
     */
    static Optional<AnswerDifference> logprobs(List<Token> baseline, List<Token> tonight) {
        if (baseline.isEmpty() != tonight.isEmpty()) {
            return Optional.of(new AnswerDifference("log-probabilities", told(baseline), told(tonight)));
        }
        int shared = firstOther(baseline, tonight);
        for (int i = 0; i < shared; i++) {
            Optional<AnswerDifference> found = at(i, baseline, tonight);
            if (found.isPresent()) {
                return found;
            }
        }
        return shared < Math.min(baseline.size(), tonight.size()) ? top(shared, baseline, tonight) : Optional.empty();
    }

    /** Returns the place of the first token that is not the same in both; the length of the shorter when it is the start of the other. */
    public static int firstOther(List<Token> baseline, List<Token> tonight) {
        int shared = Math.min(baseline.size(), tonight.size());
        int place = 0;
        while (place < shared && same(baseline.get(place), tonight.get(place))) {
            place++;
        }
        return place;
    }

    static boolean same(Token then, Token now) {
        return then.id() == now.id() && then.text().equals(now.text());
    }

    private static Optional<AnswerDifference> id(int place, List<Token> baseline, List<Token> tonight) {
        boolean both = place < Math.min(baseline.size(), tonight.size());
        return both && same(baseline.get(place), tonight.get(place))
                ? Optional.empty()
                : Optional.of(new AnswerDifference("token " + place, shown(baseline, place), shown(tonight, place)));
    }

    private static Optional<AnswerDifference> at(int place, List<Token> baseline, List<Token> tonight) {
        double then = baseline.get(place).logprob();
        double now = tonight.get(place).logprob();
        return then == now ? top(place, baseline, tonight) : Optional.of(logprob(place, then, now));
    }

    private static Optional<AnswerDifference> top(int place, List<Token> baseline, List<Token> tonight) {
        List<Alternative> then = baseline.get(place).top();
        List<Alternative> now = tonight.get(place).top();
        return Set.copyOf(then).equals(Set.copyOf(now))
                ? Optional.empty()
                : Optional.of(
                        new AnswerDifference("alternatives of token " + place, alternatives(then), alternatives(now)));
    }

    private static String told(List<Token> tokens) {
        return tokens.isEmpty() ? "none" : "of " + tokens.size() + " tokens";
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

    private static String shown(List<Token> tokens, int place) {
        return place < tokens.size() ? "'" + tokens.get(place).text() + "'" : "(end)";
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
