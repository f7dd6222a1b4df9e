package dev.lockstep.gate;

import dev.lockstep.baseline.FingerprintAspect;
import dev.lockstep.client.Answer;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Prompts that differed from the baseline, asked again at once.
 *
 * @param answers key to what came of each asking
 */
public record Repeats(Map<SampleKey, List<Repeat>> answers) {
    /** How often a prompt is asked again. */
    public static final int TIMES = 3;

    public Repeats {
        answers = Map.copyOf(answers);
    }

    /**
     * What came of asking once more.
     *
     * @param answer empty where no answer came
     * @param score 0 to 1
     */
    record Repeat(Optional<Answer> answer, double score) {}

    public static Repeats none() {
        return new Repeats(Map.of());
    }

    /**
     * Groups what a run log keeps.
     *
     * @param score tells a sample's own score, 0 to 1
     */
    public static Repeats of(List<Sample> samples, ToDoubleFunction<Sample> score) {
        Map<SampleKey, List<Repeat>> answers = new HashMap<>();
        for (Sample sample : samples) {
            Optional<Answer> answer = sample.answer();
            answers.computeIfAbsent(sample.key(), key -> new ArrayList<>())
                    .add(new Repeat(answer, score.applyAsDouble(sample)));
        }
        return new Repeats(answers);
    }

    /** Returns whether a prompt was asked again often enough. */
    boolean hold(SampleKey key) {
        return answers(key).size() >= TIMES;
    }

    /** Returns whether every repeat gave tonight's answer, as far as this aspect looks. */
    boolean reproduce(FingerprintAspect aspect, SampleKey key, Answer tonight) {
        return hold(key)
                && answers(key).stream()
                        .allMatch(repeat -> repeat.answer()
                                .filter(repeated ->
                                        aspect.difference(tonight, repeated).isEmpty())
                                .isPresent());
    }

    /** Returns whether every repeat scored like tonight's answer. */
    boolean reproduce(SampleKey key, double score) {
        return hold(key) && answers(key).stream().allMatch(repeat -> repeat.score() == score);
    }

    private List<Repeat> answers(SampleKey key) {
        return answers.getOrDefault(key, Collections.emptyList());
    }
}
