package dev.lockstep.gate;

import dev.lockstep.baseline.AnswerDistance;
import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.BaselineRun;
import dev.lockstep.client.Answer;
import dev.lockstep.run.SampleKey;
import dev.lockstep.stats.RunLevelT;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How far each unchanged run, and tonight's, lies from the calibration runs: the mean distance of their answers. */
final class RunDistances {
    private final List<SampleKey> keys;
    private final double[] unchanged;
    private final double tonight;

    RunDistances(Baseline baseline, Tonight tonight, List<SampleKey> keys) {
        this.keys = keys;
        List<Map<SampleKey, Answer>> runs =
                baseline.runs().stream().map(run -> answers(run, tonight, keys)).toList();
        unchanged = new double[runs.size()];
        for (int i = 0; i < runs.size(); i++) {
            unchanged[i] = toOthers(runs.get(i), runs, i);
        }
        Map<SampleKey, Answer> now = new HashMap<>();
        keys.forEach(key -> tonight.answer(key).ifPresent(answer -> now.put(key, answer)));
        this.tonight = toOthers(now, runs, -1);
    }

    double pValue() {
        return RunLevelT.upperTail(unchanged, tonight);
    }

    double tonight() {
        return tonight;
    }

    double least() {
        return Arrays.stream(unchanged).min().orElse(0);
    }

    double most() {
        return Arrays.stream(unchanged).max().orElse(0);
    }

    private static Map<SampleKey, Answer> answers(BaselineRun run, Tonight tonight, List<SampleKey> keys) {
        Map<SampleKey, Answer> answers = new HashMap<>();
        keys.forEach(key -> run.answer(key, tonight.caseHash(key)).ifPresent(answer -> answers.put(key, answer)));
        return answers;
    }

    private double toOthers(Map<SampleKey, Answer> run, List<Map<SampleKey, Answer>> runs, int self) {
        double sum = 0;
        int others = 0;
        for (int i = 0; i < runs.size(); i++) {
            if (i != self) {
                sum += distance(run, runs.get(i));
                others++;
            }
        }
        return others == 0 ? 0 : sum / others;
    }

    private double distance(Map<SampleKey, Answer> one, Map<SampleKey, Answer> other) {
        return keys.stream()
                .mapToDouble(key -> distance(other.get(key), one.get(key)))
                .average()
                .orElse(0);
    }

    /** A prompt that only one of the two runs answered lies as far apart as can be. */
    private static double distance(@Nullable Answer then, @Nullable Answer now) {
        if (then == null) {
            return now == null ? 0 : AnswerDistance.UNSEEN;
        }
        if (now == null) {
            return AnswerDistance.UNSEEN;
        }
        return AnswerDistance.between(then, now);
    }
}
