package dev.lockstep.baseline;

import dev.lockstep.run.SampleKey;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/** Measures how much the runs of an unchanged stack differ: every later run is held against the first. */
final class Calibrator {
    private final List<BaselineRun> runs;

    Calibrator(List<BaselineRun> runs) {
        this.runs = List.copyOf(runs);
    }

    /** Compares the answers to the fingerprint prompts, bit by bit. */
    Calibration fingerprint() {
        return compare("L1", false, (key, run) -> equalAnswers(key, run));
    }

    /** Compares the scores. */
    Calibration scores() {
        BaselineRun first = runs.getFirst();
        return compare(
                "L4",
                true,
                (key, run) -> first.manifest().scores().value(key)
                        == run.manifest().scores().value(key));
    }

    private Calibration compare(String detector, boolean scored, BiPredicate<SampleKey, BaselineRun> equal) {
        int comparisons = 0;
        int mismatches = 0;
        for (BaselineRun run : runs.subList(1, runs.size())) {
            for (SampleKey key : runs.getFirst().log().samples().keySet()) {
                if (hasScorers(key) != scored || !run.log().samples().containsKey(key)) {
                    continue;
                }
                comparisons++;
                mismatches += equal.test(key, run) ? 0 : 1;
            }
        }
        return new Calibration(detector, runs.size(), comparisons, mismatches);
    }

    private boolean hasScorers(SampleKey key) {
        return !runs.getFirst()
                .manifest()
                .scores()
                .scores()
                .getOrDefault(key, List.of())
                .isEmpty();
    }

    private boolean equalAnswers(SampleKey key, BaselineRun run) {
        BaselineRun first = runs.getFirst();
        String hash = first.manifest().header().caseHashes().getOrDefault(key.casePath(), "");
        var then = first.answer(key, hash);
        var now = run.answer(key, hash);
        if (then.isEmpty() || now.isEmpty()) {
            return then.isEmpty() && now.isEmpty();
        }
        Optional<AnswerDifference> difference = AnswerDifference.between(then.get(), now.get());
        return difference.isEmpty();
    }
}
