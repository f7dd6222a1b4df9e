package dev.lockstep.report;

import dev.lockstep.client.Answer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How far two answers are the same, token by token.
 *
 * @param firstDifference index of the first token that differs, or of the first that only one answer has
 * @param maxDelta largest absolute difference of log-probabilities over the tokens that both generated before that; natural logarithm
 */
record TokenComparison(SamplePair pair, OptionalInt firstDifference, double maxDelta) {

    /** Compares; empty when one of the two came without tokens. */
    static Optional<TokenComparison> of(SamplePair pair) {
        List<Answer.Token> before = pair.baseline().tokens();
        List<Answer.Token> now = pair.tonight().tokens();
        if (before.isEmpty() || now.isEmpty()) {
            return Optional.empty();
        }
        int shared = shared(before, now);
        boolean same = shared == before.size() && shared == now.size();
        double delta = 0;
        for (int index = 0; index < shared; index++) {
            delta = Math.max(
                    delta, delta(before.get(index).logprob(), now.get(index).logprob()));
        }
        delta = Math.max(delta, atFork(before, now, shared));
        return Optional.of(new TokenComparison(pair, same ? OptionalInt.empty() : OptionalInt.of(shared), delta));
    }

    boolean sameTokens() {
        return firstDifference.isEmpty();
    }

    /** Returns the baseline's token at the first difference; {@code (end)} when its answer ended before. */
    String baselineToken() {
        return token(pair.baseline().tokens());
    }

    String tonightToken() {
        return token(pair.tonight().tokens());
    }

    private String token(List<Answer.Token> tokens) {
        int index = firstDifference.orElse(tokens.size());
        return index < tokens.size() ? tokens.get(index).text() : "(end)";
    }

    private static int shared(List<Answer.Token> before, List<Answer.Token> now) {
        int index = 0;
        int end = Math.min(before.size(), now.size());
        while (index < end && same(before.get(index), now.get(index))) {
            index++;
        }
        return index;
    }

    private static boolean same(Answer.Token one, Answer.Token other) {
        return one.id() == other.id() && one.text().equals(other.text());
    }

    /** Where the answers part, the baseline's token is looked up among tonight's alternatives. */
    private static double atFork(List<Answer.Token> before, List<Answer.Token> now, int index) {
        if (index >= before.size() || index >= now.size()) {
            return 0;
        }
        Answer.Token baseline = before.get(index);
        OptionalDouble tonight = now.get(index).top().stream()
                .filter(alternative ->
                        alternative.id() == baseline.id() && alternative.text().equals(baseline.text()))
                .mapToDouble(Answer.Alternative::logprob)
                .findFirst();
        return tonight.isPresent() ? delta(baseline.logprob(), tonight.getAsDouble()) : 0;
    }

    private static double delta(double one, double other) {
        double delta = Math.abs(one - other);
        return Double.isFinite(delta) ? delta : 0;
    }
}
