package dev.lockstep.report;

import dev.lockstep.baseline.AnswerDifference;
import dev.lockstep.baseline.AnswerDistance;
import dev.lockstep.client.Answer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * How far two answers are the same, token by token.
 *
 * @param firstDifference index of the first token that differs, or of the first that only one answer has
 * @param maxDelta largest absolute difference of log-probabilities over the tokens that both generated before that, and over the
 *     baseline's token at that place where tonight lists it; natural logarithm, a probability of 0 as {@link AnswerDistance} takes it; empty when there is none to compare
 */
record TokenComparison(SamplePair pair, OptionalInt firstDifference, OptionalDouble maxDelta) {

    /** Compares; empty when one of the two came without tokens. */
    static Optional<TokenComparison> of(SamplePair pair) {
        List<Answer.Token> before = pair.baseline().tokens();
        List<Answer.Token> now = pair.tonight().tokens();
        if (before.isEmpty() || now.isEmpty()) {
            return Optional.empty();
        }
        int shared = shared(before, now);
        boolean same = shared == before.size() && shared == now.size();
        DoubleStream deltas = IntStream.range(0, shared)
                .mapToDouble(index -> AnswerDistance.between(
                        before.get(index).logprob(), now.get(index).logprob()));
        OptionalDouble largest = DoubleStream.concat(deltas, atFork(before, now, shared).stream())
                .max();
        return Optional.of(new TokenComparison(pair, same ? OptionalInt.empty() : OptionalInt.of(shared), largest));
    }

    /** Returns what a verdict would see: the first difference of tokens, log-probabilities or alternatives, to the last bit. */
    Optional<AnswerDifference> difference() {
        return AnswerDifference.tokens(pair.baseline().tokens(), pair.tonight().tokens());
    }

    boolean identical() {
        return difference().isEmpty();
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
    private static OptionalDouble atFork(List<Answer.Token> before, List<Answer.Token> now, int index) {
        if (index >= before.size() || index >= now.size()) {
            return OptionalDouble.empty();
        }
        Answer.Token baseline = before.get(index);
        return now.get(index).top().stream()
                .filter(alternative ->
                        alternative.id() == baseline.id() && alternative.text().equals(baseline.text()))
                .mapToDouble(alternative -> AnswerDistance.between(baseline.logprob(), alternative.logprob()))
                .findFirst();
    }
}
