package dev.lockstep.baseline;

import dev.lockstep.client.Answer;
import dev.lockstep.run.SampleKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/** Measures how much the runs of an unchanged stack differ: every later run is held against the first. */
final class Calibrator {
    private final List<BaselineRun> runs;

    Calibrator(List<BaselineRun> runs) {
        this.runs = List.copyOf(runs);
    }

    /**
     * Returns what was measured for each detector: L1, L2, L4, L2's prefill half where the engine has it, and L3 where samples took
     * seeds of their run.
     */
    List<Calibration> all() {
        List<Calibration> all = new ArrayList<>(
                List.of(fingerprint(FingerprintAspect.TOKENS), fingerprint(FingerprintAspect.LOGPROBS)));
        Calibration prefill = fingerprint(FingerprintAspect.PREFILL);
        if (!prefill.hasNothing()) {
            all.add(prefill);
        }
        if (runs.getFirst().log().samples().keySet().stream().anyMatch(this::isSampledAnew)) {
            all.add(samples());
        }
        all.add(scores());
        return List.copyOf(all);
    }

    /** Compares one side of the answers to the fingerprint prompts, bit by bit. */
    Calibration fingerprint(FingerprintAspect aspect) {
        return compare(aspect.detector(), this::isFingerprint, (key, run) -> equal(aspect, key, run));
    }

    /**
     * Compares whole answers to the fingerprint prompts: samples that take new seeds cannot be compared themselves, and share the
     * noise of requests that are sent twice.
     */
    Calibration samples() {
        return compare("L3", this::isFingerprint, this::equal);
    }

    /**
     * Compares the scores. What proves that they repeat is another request, or another answer to the same: a greedy case that is
     * asked again gives a copy, which counts only where it does not repeat.
     */
    Calibration scores() {
        Calibration all = scores(this::hasScorers);
        return all.mismatches() > 0
                ? all
                : scores(key -> hasScorers(key) && !runs.getFirst().isCopy(key));
    }

    private Calibration scores(Predicate<SampleKey> wanted) {
        ScoreTable first = runs.getFirst().manifest().scores();
        return compare(
                "L4",
                wanted,
                (key, run) ->
                        Optional.of(first.value(key) == run.manifest().scores().value(key)));
    }

    private Calibration compare(
            String detector, Predicate<SampleKey> wanted, BiFunction<SampleKey, BaselineRun, Optional<Boolean>> equal) {
        List<SampleKey> keys =
                runs.getFirst().log().samples().keySet().stream().filter(wanted).toList();
        BaselineRun first = runs.getFirst();
        int samples = (int)
                keys.stream().filter(key -> equal.apply(key, first).isPresent()).count();
        List<Boolean> compared = runs.stream()
                .skip(1)
                .flatMap(run -> keys.stream()
                        .filter(key -> run.log().samples().containsKey(key))
                        .flatMap(key -> equal.apply(key, run).stream()))
                .toList();
        int mismatches = (int) compared.stream().filter(same -> !same).count();
        return new Calibration(detector, runs.size(), samples, compared.size(), mismatches);
    }

    private boolean isFingerprint(SampleKey key) {
        return !hasScorers(key) && !isSampledAnew(key);
    }

    private boolean isSampledAnew(SampleKey key) {
        return runs.getFirst().log().isSampledAnew(key);
    }

    private boolean hasScorers(SampleKey key) {
        return !runs.getFirst()
                .manifest()
                .scores()
                .scores()
                .getOrDefault(key, List.of())
                .isEmpty();
    }

    private Optional<Boolean> equal(SampleKey key, BaselineRun run) {
        List<Boolean> sides = Arrays.stream(FingerprintAspect.values())
                .flatMap(aspect -> equal(aspect, key, run).stream())
                .toList();
        return sides.isEmpty() ? Optional.empty() : Optional.of(!sides.contains(false));
    }

    /** Empty where there is nothing to compare: no such side. A refusal is another token, not another log-probability. */
    private Optional<Boolean> equal(FingerprintAspect aspect, SampleKey key, BaselineRun run) {
        BaselineRun first = runs.getFirst();
        String hash = first.manifest().header().caseHashes().getOrDefault(key.casePath(), "");
        Optional<Answer> then = first.answer(key, hash);
        Optional<Answer> now = run.answer(key, hash);
        if (then.isEmpty() || now.isEmpty()) {
            return aspect == FingerprintAspect.TOKENS ? Optional.of(then.isEmpty() && now.isEmpty()) : Optional.empty();
        }
        return aspect.comparable(then.get(), now.get())
                ? Optional.of(aspect.difference(then.get(), now.get()).isEmpty())
                : Optional.empty();
    }
}
