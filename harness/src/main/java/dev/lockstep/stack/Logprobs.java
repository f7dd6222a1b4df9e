package dev.lockstep.stack;

import dev.lockstep.client.Answer.Token;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a stack gave fixed prompts, several times each: the tokens that it chose greedily, with the likeliest at each place.
 *
 * @param answers by prompt; empty when the stack tells no log-probabilities
 * @param why what was in the way; empty when nothing was
 */
public record Logprobs(SortedMap<String, List<List<Token>>> answers, String why) {

    public Logprobs {
        SortedMap<String, List<List<Token>>> copy = new TreeMap<>();
        answers.forEach((prompt, repeats) ->
                copy.put(prompt, repeats.stream().map(List::copyOf).toList()));
        answers = Collections.unmodifiableSortedMap(copy);
    }

    /** Asks a live stack often enough to learn how it repeats itself. */
    public static Logprobs take(StackConfig config, LiveEndpoint endpoint) {
        return LogprobProbe.take(config, endpoint, LogprobProbe.TIMES);
    }

    static Logprobs untold(String why) {
        return new Logprobs(new TreeMap<>(), why);
    }

    public boolean areTold() {
        return !answers.isEmpty();
    }

    /** Returns these with further repetitions, such as of another replica; where one side tells none, none. */
    public Logprobs and(Logprobs more) {
        if (!areTold() || !more.areTold()) {
            return areTold() ? more : this;
        }
        SortedMap<String, List<List<Token>>> all = new TreeMap<>();
        answers.forEach((prompt, repeats) -> {
            List<List<Token>> joined = new ArrayList<>(repeats);
            joined.addAll(more.answers.getOrDefault(prompt, List.of()));
            all.put(prompt, joined);
        });
        return new Logprobs(all, "");
    }

    /** Tells whether every repetition of a prompt is the same, bit by bit. */
    boolean repeatBitByBit() {
        return answers.values().stream()
                .allMatch(repeats -> repeats.stream().distinct().count() <= 1);
    }
}
