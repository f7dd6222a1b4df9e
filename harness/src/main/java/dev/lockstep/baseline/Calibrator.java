package dev.lockstep.baseline;

import dev.lockstep.client.Answer;
import dev.lockstep.run.SampleKey;
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

    /** Returns what was measured for each detector: L1, L2, L4. */
    List<Calibration> all() {
        return List.of(fingerprint(FingerprintAspect.TOKENS), fingerprint(FingerprintAspect.LOGPROBS), scores());
    }

    /** Compares one side of the answers to the fingerprint prompts, bit by bit. */
    Calibration fingerprint(FingerprintAspect aspect) {
        return compare(aspect.detector(), key -> !hasScorers(key), (key, run) -> equal(aspect, key, run));
    }

    /** Compares the scores. */
    Calibration scores() {
        ScoreTable first = runs.getFirst().manifest().scores();
        return compare(
                "L4",
                this::hasScorers,
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

    private boolean hasScorers(SampleKey key) {
        return !runs.getFirst()
                .manifest()
                .scores()
                .scores()
                .getOrDefault(key, List.of())
                .isEmpty();
    }

    /** Empty where there is nothing to compare. */
    private Optional<Boolean> equal(FingerprintAspect aspect, SampleKey key, BaselineRun run) {
        BaselineRun first = runs.getFirst();
        String hash = first.manifest().header().caseHashes().getOrDefault(key.casePath(), "");
        Optional<Answer> then = first.answer(key, hash);
        Optional<Answer> now = run.answer(key, hash);
        if (then.isEmpty() || now.isEmpty()) {
            return Optional.of(then.isEmpty() && now.isEmpty());
        }
        return aspect.comparable(then.get(), now.get())
                ? Optional.of(aspect.difference(then.get(), now.get()).isEmpty())
                : Optional.empty();
    }
}
