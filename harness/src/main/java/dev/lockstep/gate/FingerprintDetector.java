package dev.lockstep.gate;

import dev.lockstep.baseline.AnswerDistance;
import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.Calibration;
import dev.lockstep.gate.Finding.Evidence;
import dev.lockstep.gate.Finding.Result;
import dev.lockstep.run.SampleKey;
import java.util.List;
import java.util.Locale;
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
    private final List<SampleKey> compared;
    private final List<Evidence> differences;

    FingerprintDetector(Baseline baseline, Tonight tonight, GatePolicy policy) {
        this.baseline = baseline;
        this.tonight = tonight;
        this.policy = policy;
        Fingerprints fingerprints = Fingerprints.of(baseline, tonight);
        this.compared = fingerprints.compared();
        this.differences = fingerprints.differences();
    }

    /** Returns what to ask again next; nothing once a difference came back, or where repeats do not decide. */
    List<SampleKey> toRepeat(Repeats repeats) {
        boolean repeatsDecide = policy.judging() == GatePolicy.Judging.CALIBRATED
                && baseline.fingerprint().noise() == Calibration.Noise.DETERMINISTIC;
        if (!repeatsDecide) {
            return List.of();
        }
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
        if (policy.judging() == GatePolicy.Judging.EQUALITY) {
            return byEquality();
        }
        Calibration calibration = baseline.fingerprint();
        if (!calibration.gates()) {
            return finding(Result.UNDECIDED, calibration.missing());
        }
        return switch (calibration.noise()) {
            case DETERMINISTIC -> deterministic(repeats);
            case NOISY -> noisy();
            case UNCALIBRATED -> finding(Result.UNDECIDED, calibration.missing());
        };
    }

    private Finding byEquality() {
        return differences.isEmpty()
                ? finding(Result.SAME, identical())
                : finding(Result.CHANGED, "judged by bare equality, which calls noise a difference, too");
    }

    private Finding deterministic(Repeats repeats) {
        if (differences.isEmpty()) {
            return finding(Result.SAME, identical());
        }
        List<Evidence> asked = differences.stream()
                .filter(evidence -> repeats.hold(evidence.key()))
                .toList();
        long reproduced =
                asked.stream().filter(evidence -> reproduces(evidence, repeats)).count();
        if (reproduced > 0 || differences.stream().anyMatch(this::isRefused)) {
            String effect = reproduced + " of " + asked.size() + " that were asked again gave the same other answer "
                    + Repeats.TIMES + " times more";
            return finding(Result.CHANGED, effect);
        }
        if (asked.isEmpty()) {
            return finding(Result.UNDECIDED, "none of them was asked again, so nobody knows whether they come back");
        }
        return finding(
                Result.UNDECIDED,
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

    private String identical() {
        long bare = bare();
        return bare == 0
                ? "IDENTICAL: every token and log-probability is the baseline's"
                : "IDENTICAL as far as it could be compared: " + bare + " of " + compared.size()
                        + " answers came without tokens, and only their text is known to be the baseline's";
    }

    /** Counts answers that came without tokens: they were compared by what was made of them, and nobody may take it for more. */
    private long bare() {
        return compared.stream()
                .flatMap(key -> tonight.answer(key).stream())
                .filter(answer -> answer.tokens().isEmpty())
                .count();
    }

    private String unseen() {
        long bare = bare();
        return bare == 0
                ? ""
                : "; " + bare + " of " + compared.size()
                        + " answers came without tokens: 0 where all that was made of them is equal, else "
                        + (int) AnswerDistance.UNSEEN;
    }

    private Finding noisy() {
        RunDistances distances = new RunDistances(baseline, tonight, compared);
        OptionalDouble p = OptionalDouble.of(distances.pValue());
        Result result = p.getAsDouble() <= policy.alpha() ? Result.CHANGED : Result.SAME;
        String effect = String.format(
                        Locale.ROOT,
                        "mean |Δlogprob| %.2e, unchanged runs %.2e to %.2e",
                        distances.tonight(),
                        distances.least(),
                        distances.most())
                + unseen();
        return new Finding("L1", result, "run-level t", p, compared.size(), differences.size(), effect, differences);
    }

    private Finding finding(Result result, String effect) {
        return new Finding(
                "L1",
                result,
                "equality",
                OptionalDouble.empty(),
                compared.size(),
                differences.size(),
                effect,
                differences);
    }
}
