package dev.lockstep.gate;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.BaselineRun;
import dev.lockstep.baseline.FingerprintAspect;
import dev.lockstep.client.Answer;
import dev.lockstep.run.SampleKey;
import dev.lockstep.stats.RunLevelSize;
import dev.lockstep.stats.RunLevelT;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How far each unchanged run, and tonight's, lies from the calibration runs: the mean distance of their answers.
 *
 * <p>Half an answer is added to all shares of other tokens, so that runs without any have a logarithm, too.
 */
final class RunDistances {
    private static final double ONE_IN_FORTY = .025;
    private static final double EVEN = .5;

    private final FingerprintAspect aspect;
    private final List<SampleKey> keys;
    private final double[] unchanged;
    private final double tonight;

    /**
     * Measures the runs.
     *
     * @param passes what was asked of one server start, once or several times; their mean counts
     */
    RunDistances(FingerprintAspect aspect, Baseline baseline, List<Tonight> passes, List<SampleKey> keys) {
        this.aspect = aspect;
        this.keys = keys;
        List<Map<SampleKey, Answer>> runs = baseline.runs().stream()
                .map(run -> answers(run, passes.getFirst()))
                .toList();
        unchanged = IntStream.range(0, runs.size())
                .mapToDouble(i -> toOthers(runs.get(i), runs, i))
                .toArray();
        tonight = passes.stream()
                .mapToDouble(pass -> toOthers(answers(pass), runs, -1))
                .average()
                .orElse(0);
    }

    double pValue() {
        return RunLevelT.upperTail(smoothed(), smoothed(tonight));
    }

    double tonight() {
        return tonight;
    }

    /** Returns the distance that an unchanged run exceeds once in forty, by the same t as the test. */
    double usual() {
        return RunLevelT.detectable(smoothed(), ONE_IN_FORTY, EVEN) - smoothed(0);
    }

    double least() {
        return Arrays.stream(unchanged).min().orElse(0);
    }

    double most() {
        return Arrays.stream(unchanged).max().orElse(0);
    }

    /** Returns the smallest distance that a test of this level would see four times out of five; of tokens, one answer's. */
    double reach(double level) {
        double detectable = RunLevelT.detectable(smoothed(), level) - smoothed(0);
        return Math.max(oneAnswer(), detectable);
    }

    /** Returns what would let a test of this level see a distance that it does not see yet. */
    String remedy(double level, double distance) {
        RunLevelSize size = new RunLevelSize(smoothed(), level);
        OptionalInt runs = oneAnswer() > distance ? OptionalInt.empty() : size.runs(smoothed(distance));
        return Reach.remedy(runs, Math.max(oneAnswer() / distance, size.items(smoothed(distance))));
    }

    private double oneAnswer() {
        return aspect == FingerprintAspect.TOKENS ? 1.0 / Math.max(1, keys.size()) : 0;
    }

    private double[] smoothed() {
        return Arrays.stream(unchanged).map(this::smoothed).toArray();
    }

    private double smoothed(double distance) {
        return aspect == FingerprintAspect.TOKENS ? distance + 0.5 / Math.max(1, keys.size()) : distance;
    }

    private Map<SampleKey, Answer> answers(BaselineRun run, Tonight of) {
        Map<SampleKey, Answer> answers = new HashMap<>();
        keys.forEach(key -> run.answer(key, of.caseHash(key)).ifPresent(answer -> answers.put(key, answer)));
        return answers;
    }

    private Map<SampleKey, Answer> answers(Tonight pass) {
        Map<SampleKey, Answer> answers = new HashMap<>();
        keys.forEach(key -> pass.answer(key).ifPresent(answer -> answers.put(key, answer)));
        return answers;
    }

    private double toOthers(Map<SampleKey, Answer> run, List<Map<SampleKey, Answer>> runs, int self) {
        return IntStream.range(0, runs.size())
                .filter(i -> i != self)
                .mapToDouble(i -> distance(run, runs.get(i)))
                .average()
                .orElse(0);
    }

    private double distance(Map<SampleKey, Answer> one, Map<SampleKey, Answer> other) {
        return keys.stream()
                .map(key -> distance(other.get(key), one.get(key)))
                .flatMapToDouble(OptionalDouble::stream)
                .average()
                .orElse(0);
    }

    /**
     * A prompt that only one of the two runs answered has other tokens, and no log-probability to compare; nor has one whose tokens a
     * run could not be given.
     */
    private OptionalDouble distance(@Nullable Answer then, @Nullable Answer now) {
        if (then != null && now != null) {
            return aspect != FingerprintAspect.PREFILL || aspect.comparable(then, now)
                    ? OptionalDouble.of(aspect.distance(then, now))
                    : OptionalDouble.empty();
        }
        return aspect == FingerprintAspect.TOKENS
                ? OptionalDouble.of(then == null && now == null ? 0 : 1)
                : OptionalDouble.empty();
    }
}
