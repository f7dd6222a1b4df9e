package dev.lockstep.stack;

import dev.lockstep.client.Answer.Alternative;
import dev.lockstep.client.Answer.Token;
import dev.lockstep.stats.LogprobDistance;
import dev.lockstep.stats.TopLogprobs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How far two answers to one prompt lie apart by the likeliest tokens at each place, up to the first that is another. */
final class AnswerTops {
    /** Numbers for tokens, of which some engines tell the text alone. */
    private final Map<Alternative, Integer> numbers = new HashMap<>();

    private AnswerTops() {}

    /** Returns the mean |Δ log-probability| in nats; the first place where another token was chosen is the last that counts. */
    static double distance(List<Token> one, List<Token> other) {
        int places = Math.min(one.size(), other.size());
        int same = 0;
        while (same < places && isSame(one.get(same), other.get(same))) {
            same++;
        }
        return new AnswerTops().distance(one, other, Math.min(places, same + 1));
    }

    private double distance(List<Token> one, List<Token> other, int places) {
        List<TopLogprobs> first = new ArrayList<>();
        List<TopLogprobs> second = new ArrayList<>();
        for (int place = 0; place < places; place++) {
            if (!one.get(place).top().isEmpty() && !other.get(place).top().isEmpty()) {
                first.add(tops(one.get(place)));
                second.add(tops(other.get(place)));
            }
        }
        return LogprobDistance.of(first, second).meanAbsolute();
    }

    private TopLogprobs tops(Token token) {
        Map<Integer, Double> byNumber = new TreeMap<>();
        token.top().forEach(each -> byNumber.putIfAbsent(number(each), Math.min(0, each.logprob())));
        return TopLogprobs.of(
                byNumber.keySet().stream().mapToInt(Integer::intValue).toArray(),
                byNumber.values().stream().mapToDouble(Double::doubleValue).toArray());
    }

    private int number(Alternative token) {
        return numbers.computeIfAbsent(new Alternative(token.id(), token.text(), 0), unused -> numbers.size());
    }

    private static boolean isSame(Token one, Token other) {
        return one.id() == other.id() && one.text().equals(other.text());
    }
}
