package dev.lockstep.baseline;

import dev.lockstep.client.Answer;
import dev.lockstep.client.Answer.Alternative;
import dev.lockstep.client.Answer.Token;

/** How far two answers to one prompt lie apart, in nats of log-probability for each token. */
public final class AnswerDistance {
    /** What a token costs that is not even among the alternatives, when there are none to bound it. */
    public static final double UNSEEN = 10;
    /** Stands for a probability of 0, which no mean survives. */
    private static final double FLOOR = -100;

    private AnswerDistance() {}

    /**
     * Returns the mean |Δ log-probability| of the baseline's tokens, up to and with the first token that differs.
     *
     * <p>At that token, tonight's value is read from the alternatives; a token below all of them counts as the least of them
     * (a lower bound of the true distance). An answer whose tokens are the same costs {@value #UNSEEN} at its end when anything
     * else is not: it ends earlier, later or for another reason, calls other tools, answers a longer prompt. Without tokens on
     * both sides: 0 when all the rest is equal, else {@value #UNSEEN}; with tokens on one side alone {@value #UNSEEN}, for what
     * is gone cannot be called the same.
     */
    public static double between(Answer baseline, Answer tonight) {
        boolean sameRest = AnswerDifference.beyondTokens(baseline, tonight).isEmpty();
        int shared = Math.min(baseline.tokens().size(), tonight.tokens().size());
        double sum = 0;
        for (int i = 0; i < shared; i++) {
            Token then = baseline.tokens().get(i);
            Token now = tonight.tokens().get(i);
            sum += between(then.logprob(), logprobOf(then, now));
            if (then.id() != now.id() || !then.text().equals(now.text())) {
                return sum / (i + 1);
            }
        }
        boolean sameEnd = baseline.tokens().size() == tonight.tokens().size() && sameRest;
        return sameEnd ? sum / Math.max(1, shared) : (sum + UNSEEN) / (shared + 1);
    }

    /** Returns |Δ| of two log-probabilities; a probability of 0 counts as e^{@value #FLOOR}, so the result is finite. */
    public static double between(double logprob, double other) {
        return Math.abs(finite(logprob) - finite(other));
    }

    private static double finite(double logprob) {
        return Math.max(logprob, FLOOR);
    }

    private static double logprobOf(Token wanted, Token at) {
        if (at.id() == wanted.id() && at.text().equals(wanted.text())) {
            return at.logprob();
        }
        for (Alternative alternative : at.top()) {
            if (alternative.id() == wanted.id() && alternative.text().equals(wanted.text())) {
                return alternative.logprob();
            }
        }
        return at.top().isEmpty()
                ? wanted.logprob() - UNSEEN
                : at.top().getLast().logprob();
    }
}
