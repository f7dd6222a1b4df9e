package dev.lockstep.gate;

import dev.lockstep.baseline.AnswerDifference;
import dev.lockstep.client.Answer;
import dev.lockstep.client.AnswerReader;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Prompts that differed from the baseline, asked again at once: key to the further answers. */
public record Repeats(Map<SampleKey, List<Answer>> answers) {
    /** How often a prompt is asked again. */
    public static final int TIMES = 3;

    public Repeats {
        answers = Map.copyOf(answers);
    }

    public static Repeats none() {
        return new Repeats(Map.of());
    }

    /** Groups what a run log keeps. */
    public static Repeats of(List<Sample> samples) {
        Map<SampleKey, List<Answer>> answers = new HashMap<>();
        for (Sample sample : samples) {
            AnswerReader.read(sample.exchange().body())
                    .ifPresent(answer -> answers.computeIfAbsent(sample.key(), key -> new ArrayList<>())
                            .add(answer));
        }
        return new Repeats(answers);
    }

    /** Returns whether a prompt was asked again. */
    boolean hold(SampleKey key) {
        return answers.containsKey(key);
    }

    /** Returns whether every repeat gave tonight's answer, bit by bit. */
    boolean reproduce(SampleKey key, Answer tonight) {
        List<Answer> repeated = answers.getOrDefault(key, List.of());
        return repeated.size() >= TIMES
                && repeated.stream()
                        .allMatch(answer ->
                                AnswerDifference.between(tonight, answer).isEmpty());
    }
}
