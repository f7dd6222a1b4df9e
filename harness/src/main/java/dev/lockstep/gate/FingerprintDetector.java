package dev.lockstep.gate;

import dev.lockstep.baseline.AnswerDifference;
import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.Calibration;
import dev.lockstep.client.Answer;
import dev.lockstep.gate.Finding.Evidence;
import dev.lockstep.gate.Finding.Result;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Detector L1: are the tokens of the fingerprint prompts, and the log-probabilities of those tokens, still the baseline's?
 *
 * <p>On a deterministic layer one reproducible difference is enough. On a noisy one the whole run is held against the spread
 * of the calibration runs.
 */
final class FingerprintDetector {
    private static final int REPEATED_AT_ONCE = 10;

    private final Baseline baseline;
    private final Tonight tonight;
    private final GatePolicy policy;

    FingerprintDetector(Baseline baseline, Tonight tonight, GatePolicy policy) {
        this.baseline = baseline;
        this.tonight = tonight;
        this.policy = policy;
    }

    /** Returns the first difference of every fingerprint that is not the first approved run's. */
    List<Evidence> differences() {
        List<Evidence> differences = new ArrayList<>();
        for (SampleKey key : comparable()) {
            difference(key).ifPresent(differences::add);
        }
        return differences;
    }

    /** Returns what to ask again next; nothing once a difference came back, or where repeats do not decide. */
    List<SampleKey> toRepeat(Repeats repeats) {
        boolean repeatsDecide = policy.judging() == GatePolicy.Judging.CALIBRATED
                && baseline.fingerprint().noise() == Calibration.Noise.DETERMINISTIC;
        if (!repeatsDecide) {
            return List.of();
        }
        List<Evidence> differences = differences();
        if (differences.stream().anyMatch(evidence -> isRefused(evidence) || reproduces(evidence, repeats))) {
            return List.of();
        }
        return differences.stream()
                .map(Evidence::key)
                .filter(key -> !repeats.hold(key))
                .limit(REPEATED_AT_ONCE)
                .toList();
    }

    Finding find(Repeats repeats) {
        List<Evidence> differences = differences();
        if (policy.judging() == GatePolicy.Judging.EQUALITY) {
            return finding(
                    differences.isEmpty() ? Result.SAME : Result.CHANGED, differences, "judged by bare equality");
        }
        Calibration calibration = baseline.fingerprint();
        if (!calibration.gates()) {
            return finding(Result.UNDECIDED, differences, calibration.missing());
        }
        return switch (calibration.noise()) {
            case DETERMINISTIC -> deterministic(differences, repeats);
            case NOISY -> noisy(differences);
            case UNCALIBRATED -> finding(Result.UNDECIDED, differences, calibration.missing());
        };
    }

    private Finding deterministic(List<Evidence> differences, Repeats repeats) {
        if (differences.isEmpty()) {
            return finding(Result.SAME, differences, "IDENTICAL: every token and log-probability is the baseline's");
        }
        List<Evidence> asked = differences.stream()
                .filter(evidence -> repeats.hold(evidence.key()))
                .toList();
        long reproduced =
                asked.stream().filter(evidence -> reproduces(evidence, repeats)).count();
        if (reproduced > 0 || differences.stream().anyMatch(this::isRefused)) {
            String effect = reproduced + " of " + asked.size() + " that were asked again gave the same other answer "
                    + Repeats.TIMES + " times more";
            return finding(Result.CHANGED, differences, effect);
        }
        if (asked.isEmpty()) {
            return finding(
                    Result.UNDECIDED,
                    differences,
                    "none of them was asked again, so nobody knows whether they come back");
        }
        return finding(
                Result.UNDECIDED,
                differences,
                "the layer was calibrated deterministic, but no difference came back in all " + Repeats.TIMES
                        + " repeats: determinism is lost; find out why, or record a baseline of 7 runs that knows the noise");
    }

    private boolean isRefused(Evidence evidence) {
        return tonight.answer(evidence.key()).isEmpty();
    }

    private boolean reproduces(Evidence evidence, Repeats repeats) {
        return tonight.answer(evidence.key())
                .filter(answer -> repeats.reproduce(evidence.key(), answer))
                .isPresent();
    }

    private Finding noisy(List<Evidence> differences) {
        RunDistances distances = new RunDistances(baseline, tonight, comparable());
        OptionalDouble p = OptionalDouble.of(distances.pValue());
        Result result = p.getAsDouble() <= policy.alpha() ? Result.CHANGED : Result.SAME;
        String effect = String.format(
                Locale.ROOT,
                "mean |Δlogprob| %.2e, unchanged runs %.2e to %.2e",
                distances.tonight(),
                distances.least(),
                distances.most());
        return new Finding(
                "L1", result, "run-level t", p, comparable().size(), differences.size(), effect, differences);
    }

    private Finding finding(Result result, List<Evidence> differences, String effect) {
        return new Finding(
                "L1",
                result,
                "equality",
                OptionalDouble.empty(),
                comparable().size(),
                differences().size(),
                effect,
                differences);
    }

    private List<SampleKey> comparable() {
        return tonight.fingerprintKeys().stream()
                .filter(key -> tonight.sample(key)
                        .filter(sample -> sample.outcome() != Sample.Outcome.FAILED)
                        .isPresent())
                .filter(key ->
                        baseline.first().sample(key, tonight.caseHash(key)).isPresent())
                .toList();
    }

    private Optional<Evidence> difference(SampleKey key) {
        Optional<Answer> then = baseline.first().answer(key, tonight.caseHash(key));
        Optional<Answer> now = tonight.answer(key);
        if (then.isEmpty() || now.isEmpty()) {
            return then.isEmpty() && now.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Evidence(key, "outcome", outcome(then), outcome(now)));
        }
        return AnswerDifference.between(then.get(), now.get())
                .map(found -> new Evidence(key, found.what(), found.baseline(), found.tonight()));
    }

    private static String outcome(Optional<Answer> answer) {
        return answer.isPresent() ? "answered" : "refused";
    }
}
