package dev.lockstep.gate;

import dev.lockstep.baseline.AnswerDifference;
import dev.lockstep.client.Answer;
import dev.lockstep.client.AnswerReader;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Prompts that differed from the baseline, asked again at once.
 *
 * @param answers key to what came of each asking; empty where no answer came
 */
public record Repeats(Map<SampleKey, List<Optional<Answer>>> answers) {
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
        Map<SampleKey, List<Optional<Answer>>> answers = new HashMap<>();
        for (Sample sample : samples) {
            answers.computeIfAbsent(sample.key(), key -> new ArrayList<>())
                    .add(AnswerReader.read(sample.exchange().body()));
        }
        return new Repeats(answers);
    }

    /** Returns whether a prompt was asked again often enough. */
    boolean hold(SampleKey key) {
        return answers(key).size() >= TIMES;
    }

    /** Returns whether every repeat gave tonight's answer, bit by bit. */
    boolean reproduce(SampleKey key, Answer tonight) {
        return hold(key)
                && answers(key).stream()
                        .allMatch(answer -> answer.filter(repeated -> AnswerDifference.between(tonight, repeated)
                                        .isEmpty())
                                .isPresent());
    }

    private List<Optional<Answer>> answers(SampleKey key) {
        return answers.getOrDefault(key, Collections.emptyList());
    }
}
