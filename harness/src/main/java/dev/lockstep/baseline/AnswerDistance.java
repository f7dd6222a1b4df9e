package dev.lockstep.baseline;

import dev.lockstep.client.Answer.Alternative;
import dev.lockstep.client.Answer.Token;
import dev.lockstep.stats.LogprobDistance;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** How far two answers to one prompt lie apart, in nats of log-probability for each token. */
public final class AnswerDistance {
    /** How far answers lie apart when the log-probabilities of one are gone. */
    public static final double UNSEEN = 10;

    private AnswerDistance() {}

    /**
     * Returns the mean |Δ log-probability| of the tokens of one answer, up to and with the first that the other does not have.
     *
     * <p>At that token, the other's value is read from the alternatives. A token below all of them is at most as likely as the
     * least, so the distance is a lower bound of the true one; without alternatives it is left out. Tokens beyond it follow other
     * tokens, and say nothing. With log-probabilities on one side alone {@value #UNSEEN}, for what is gone cannot be called the
     * same; without any 0.
     */
    public static double between(List<Token> then, List<Token> now) {
        if (then.isEmpty() || now.isEmpty()) {
            return then.isEmpty() && now.isEmpty() ? 0 : UNSEEN;
        }
        int same = AnswerDifference.firstOther(then, now);
        boolean isOther =
                same < Math.min(then.size(), now.size()) && !now.get(same).top().isEmpty();
        int places = isOther ? same + 1 : same;
        return LogprobDistance.meanAbsolute(
                logprobs(places, i -> then.get(i).logprob()),
                logprobs(places, i -> logprobOf(then.get(i), now.get(i))));
    }

    /** Returns |Δ| of two log-probabilities, which is finite also where one of them is not. */
    public static double between(double logprob, double other) {
        return LogprobDistance.meanAbsolute(logprobs(1, i -> logprob), logprobs(1, i -> other));
    }

    /** A server may round above 0. */
    private static double[] logprobs(int places, IntToDoubleFunction logprob) {
        return IntStream.range(0, places)
                .mapToDouble(logprob)
                .map(each -> Math.min(0, each))
                .toArray();
    }

    private static double logprobOf(Token wanted, Token at) {
        if (AnswerDifference.same(at, wanted)) {
            return at.logprob();
        }
        for (Alternative alternative : at.top()) {
            if (alternative.id() == wanted.id() && alternative.text().equals(wanted.text())) {
                return alternative.logprob();
            }
        }
        return Math.min(wanted.logprob(), at.top().getLast().logprob());
    }
}
