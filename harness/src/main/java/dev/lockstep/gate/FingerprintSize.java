package dev.lockstep.gate;

import dev.lockstep.baseline.AnswerDifference;
import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.BaselineRun;
import dev.lockstep.baseline.FingerprintAspect;
import dev.lockstep.client.Answer.Alternative;
import dev.lockstep.client.Answer.Token;
import dev.lockstep.run.SampleKey;
import dev.lockstep.stats.LogprobDistance;
import dev.lockstep.stats.TopLogprobs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How large a difference of fingerprints is, in the units of the margins; of tokens only the length is measured.
 *
 * @param lengthChange how much the answers' mean length moved, as a share of the baseline's
 * @param places how many tokens' alternatives were compared
 * @param divergence mean Kullback-Leibler divergence of a token from the first approved run, in nats: a lower bound, see {@link
 *     LogprobDistance}
 * @param floor the largest such divergence of an approved run
 * @param topAgreement share of tokens with the same likeliest one
 */
record FingerprintSize(double lengthChange, int places, double divergence, double floor, double topAgreement) {

    static FingerprintSize of(FingerprintAspect aspect, Baseline baseline, Tonight tonight, List<SampleKey> keys) {
        Answers then = answers(aspect, baseline.first(), tonight);
        List<Pair> now = pairs(keys, then, key -> tonight.answer(key).map(aspect::tokens));
        if (aspect == FingerprintAspect.TOKENS) {
            return new FingerprintSize(lengthChange(now), 0, 0, 0, 1);
        }
        double floor = baseline.runs().stream()
                .skip(1)
                .map(run -> pairs(keys, then, answers(aspect, run, tonight)))
                .mapToDouble(pairs -> distance(pairs).kullbackLeibler())
                .max()
                .orElse(0);
        LogprobDistance distance = distance(now);
        return new FingerprintSize(
                lengthChange(now), distance.positions(), distance.kullbackLeibler(), floor, distance.topAgreement());
    }

    private record Pair(List<Token> then, List<Token> now) {}

    @FunctionalInterface
    private interface Answers {
        Optional<List<Token>> of(SampleKey key);
    }

    private static Answers answers(FingerprintAspect aspect, BaselineRun run, Tonight tonight) {
        return key -> run.answer(key, tonight.caseHash(key)).map(aspect::tokens);
    }

    private static List<Pair> pairs(List<SampleKey> keys, Answers then, Answers now) {
        List<Pair> pairs = new ArrayList<>();
        for (SampleKey key : keys) {
            then.of(key).ifPresent(before -> now.of(key).ifPresent(after -> pairs.add(new Pair(before, after))));
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
                    Map<Object, Integer> numbers = new HashMap<>();
                    then.add(top(pair.then().get(i), numbers));
                    now.add(top(pair.now().get(i), numbers));
                }
            }
        }
        return LogprobDistance.of(then, now);
    }

    /** Some servers tell no ids; their tokens are told apart by their texts, and not at all where two share one. */
    private static boolean isTold(Token token) {
        return token.top().stream().map(FingerprintSize::name).distinct().count()
                        == token.top().size()
                && token.top().stream().anyMatch(each -> each.logprob() > TopLogprobs.SENTINEL);
    }

    private static Object name(Alternative alternative) {
        return alternative.id() < 0 ? alternative.text() : alternative.id();
    }

    private static TopLogprobs top(Token token, Map<Object, Integer> numbers) {
        return TopLogprobs.of(
                token.top().stream()
                        .mapToInt(each -> numbers.computeIfAbsent(name(each), unknown -> numbers.size()))
                        .toArray(),
                token.top().stream().mapToDouble(Alternative::logprob).toArray());
    }
}
