package dev.lockstep.gate;

import dev.lockstep.baseline.AnswerDifference;
import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.BaselineRun;
import dev.lockstep.baseline.FingerprintAspect;
import dev.lockstep.client.Answer.Alternative;
import dev.lockstep.client.Answer.Token;
import dev.lockstep.run.SampleKey;
import dev.lockstep.stats.Interval;
import dev.lockstep.stats.LogprobDistance;
import dev.lockstep.stats.MeanEstimate;
import dev.lockstep.stats.TopLogprobs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How large a difference of fingerprints is, in the units of the margins; of tokens only the length is measured.
 *
 * @param lengthChange how much the answers' mean length moved, as a share of the baseline's
 * @param places how many tokens' alternatives were compared
 * @param divergence mean Kullback-Leibler divergence of a token from the first approved run, in nats: a lower bound, see {@link
 *     LogprobDistance}
 * @param interval of the divergence, 95 %: prompts are independent, the tokens of one are not
 * @param floor the largest such divergence of an approved run
 * @param topAgreement share of tokens with the same likeliest one
 */
record FingerprintSize(
        double lengthChange, int places, double divergence, Interval interval, double floor, double topAgreement) {
    private static final Interval NONE = new Interval(0, 0, 0);

    static FingerprintSize of(FingerprintAspect aspect, Baseline baseline, Tonight tonight, List<SampleKey> keys) {
        Answers then = answers(aspect, baseline.first(), tonight);
        List<Pair> now = pairs(keys, then, key -> tonight.answer(key).map(aspect::tokens));
        if (aspect == FingerprintAspect.TOKENS) {
            return new FingerprintSize(lengthChange(now), 0, 0, NONE, 0, 1);
        }
        double floor = baseline.runs().stream()
                .skip(1)
                .map(run -> pairs(keys, then, answers(aspect, run, tonight)))
                .mapToDouble(pairs -> Places.of(pairs).divergence())
                .max()
                .orElse(0);
        Places places = Places.of(now);
        LogprobDistance distance = places.distance();
        return new FingerprintSize(
                lengthChange(now),
                distance.positions(),
                distance.kullbackLeibler(),
                places.interval(),
                floor,
                distance.topAgreement());
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

    /**
     * The places that are compared: token by token, up to and with the first that is another one; places without alternatives say
     * nothing.
     *
     * @param prompts the number of the prompt of each place
     */
    private record Places(List<TopLogprobs> then, List<TopLogprobs> now, List<Integer> prompts) {

        static Places of(List<Pair> pairs) {
            Places places = new Places(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            for (int prompt = 0; prompt < pairs.size(); prompt++) {
                places.add(prompt, pairs.get(prompt));
            }
            return places;
        }

        private void add(int prompt, Pair pair) {
            int shared = Math.min(pair.then().size(), pair.now().size());
            int places = Math.min(shared, AnswerDifference.firstOther(pair.then(), pair.now()) + 1);
            for (int i = 0; i < places; i++) {
                if (isTold(pair.then().get(i)) && isTold(pair.now().get(i))) {
                    Map<Object, Integer> numbers = new HashMap<>();
                    then.add(top(pair.then().get(i), numbers));
                    now.add(top(pair.now().get(i), numbers));
                    prompts.add(prompt);
                }
            }
        }

        double divergence() {
            return Arrays.stream(LogprobDistance.divergences(then, now))
                    .average()
                    .orElse(0);
        }

        LogprobDistance distance() {
            return LogprobDistance.of(then, now);
        }

        Interval interval() {
            int[] clusters = prompts.stream().mapToInt(Integer::intValue).toArray();
            Interval symmetric = MeanEstimate.clustered(LogprobDistance.divergences(then, now), clusters)
                    .interval(Interval.TOLD);
            return new Interval(symmetric.estimate(), Math.max(0, symmetric.low()), symmetric.high());
        }
    }

    /** Some servers tell no ids; their tokens are told apart by their texts, and not at all where two share one. */
    private static boolean isTold(Token token) {
        Set<Object> names = new HashSet<>();
        boolean isTold = false;
        for (Alternative each : token.top()) {
            if (!names.add(name(each))) {
                return false;
            }
            isTold = isTold || each.logprob() > TopLogprobs.SENTINEL;
        }
        return isTold;
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
