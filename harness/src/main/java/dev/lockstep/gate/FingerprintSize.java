package dev.lockstep.gate;

import dev.lockstep.baseline.AnswerDifference;
import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.BaselineRun;
import dev.lockstep.client.Answer;
import dev.lockstep.client.Answer.Alternative;
import dev.lockstep.client.Answer.Token;
import dev.lockstep.run.SampleKey;
import dev.lockstep.stats.LogprobDistance;
import dev.lockstep.stats.TopLogprobs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How large a difference of fingerprints is, in the units of the margins.
 *
 * @param lengthChange of the answers' mean length, as a share of the baseline's
 * @param divergence mean Kullback-Leibler divergence of a token from the first approved run, in nats: a lower bound, see {@link
 *     LogprobDistance}
 * @param floor the largest such divergence of an approved run
 * @param topAgreement share of tokens with the same likeliest one
 */
record FingerprintSize(double lengthChange, double divergence, double floor, double topAgreement) {

    static FingerprintSize of(Baseline baseline, Tonight tonight, List<SampleKey> keys) {
        BaselineRun first = baseline.first();
        List<Pair> now = pairs(first, tonight, keys, key -> tonight.answer(key));
        double floor = baseline.runs().stream()
                .skip(1)
                .map(run -> pairs(first, tonight, keys, key -> run.answer(key, tonight.caseHash(key))))
                .mapToDouble(pairs -> distance(pairs).kullbackLeibler())
                .max()
                .orElse(0);
        LogprobDistance distance = distance(now);
        return new FingerprintSize(lengthChange(now), distance.kullbackLeibler(), floor, distance.topAgreement());
    }

    private record Pair(List<Token> then, List<Token> now) {}

    @FunctionalInterface
    private interface Answers {
        Optional<Answer> of(SampleKey key);
    }

    private static List<Pair> pairs(BaselineRun first, Tonight tonight, List<SampleKey> keys, Answers now) {
        List<Pair> pairs = new ArrayList<>();
        for (SampleKey key : keys) {
            first.answer(key, tonight.caseHash(key))
                    .ifPresent(then ->
                            now.of(key).ifPresent(answer -> pairs.add(new Pair(then.tokens(), answer.tokens()))));
        }
        return pairs;
    }

    private static double lengthChange(List<Pair> pairs) {
        double then = pairs.stream().mapToInt(pair -> pair.then().size()).sum();
        double now = pairs.stream().mapToInt(pair -> pair.now().size()).sum();
        return then == 0 ? 0 : Math.abs(now - then) / then;
    }

    /** Compares token by token, up to and with the first that is another one; places without alternatives say nothing. */
    private static LogprobDistance distance(List<Pair> pairs) {
        List<TopLogprobs> then = new ArrayList<>();
        List<TopLogprobs> now = new ArrayList<>();
        for (Pair pair : pairs) {
            int shared = Math.min(pair.then().size(), pair.now().size());
            int places = Math.min(shared, AnswerDifference.firstOther(pair.then(), pair.now()) + 1);
            for (int i = 0; i < places; i++) {
                if (isTold(pair.then().get(i)) && isTold(pair.now().get(i))) {
                    then.add(top(pair.then().get(i)));
                    now.add(top(pair.now().get(i)));
                }
            }
        }
        return LogprobDistance.of(then, now);
    }

    private static boolean isTold(Token token) {
        return token.top().stream().mapToInt(Alternative::id).distinct().count()
                        == token.top().size()
                && token.top().stream().anyMatch(each -> each.logprob() > TopLogprobs.SENTINEL);
    }

    private static TopLogprobs top(Token token) {
        return TopLogprobs.of(
                token.top().stream().mapToInt(Alternative::id).toArray(),
                token.top().stream().mapToDouble(Alternative::logprob).toArray());
    }
}
