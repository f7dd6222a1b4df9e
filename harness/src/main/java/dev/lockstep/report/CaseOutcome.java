package dev.lockstep.report;

import dev.lockstep.gate.Finding;
import dev.lockstep.gate.Verdict;
import dev.lockstep.job.RunResult;
import dev.lockstep.job.ScoredSample;
import dev.lockstep.run.SampleKey;
import dev.lockstep.score.Score;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is said of one sample or one case where each has a status of its own.
 *
 * @param message why; the start names the kind: {@code LOCK_BROKEN}, {@code NO_BASELINE},
 *     {@code INCONCLUSIVE}, {@code differs}, {@code wrong}, {@code refused},
 *     {@code endpoint}
 */
record CaseOutcome(Status status, String message, String expected, String actual) {

    /** Below the middle of its scale a score is wrong; what a value in between is worth, the detectors judge. */
    private static final double RIGHT = 0.5;

    private static final String UNASKED = "endpoint: no sample of this case is in the run log";
    private static final CaseOutcome PASSED = new CaseOutcome(Status.PASSED, "", "", "");

    /** A status; nothing is ever skipped. */
    enum Status {
        /** Behaviour is not as it should be. */
        FAILED,
        /** Nothing can be said about behaviour. */
        BROKEN,
        PASSED
    }

    /** Judges a case by its samples: the most serious one speaks for it. */
    static CaseOutcome ofCase(RunResult result, List<ScoredSample> samples) {
        if (result.verdict() instanceof Verdict.LockBroken) {
            return new CaseOutcome(Status.FAILED, "LOCK_BROKEN: " + reasons(result.verdict()), "", "");
        }
        return samples.stream()
                .map(sample -> ofSample(result, sample))
                .min(Comparator.comparing(CaseOutcome::status))
                .orElseGet(() -> unasked(result.verdict()));
    }

    /** A verdict that was clear before anything was asked speaks for every case; else the endpoint was given up. */
    private static CaseOutcome unasked(Verdict verdict) {
        String message =
                switch (verdict) {
                    case Verdict.NoBaseline none -> none.name() + ": " + reasons(none);
                    case Verdict.Inconclusive unproven -> unproven.name() + ": " + reasons(unproven);
                    case Verdict.LockBroken broken -> broken.name() + ": " + reasons(broken);
                    case Verdict.Invalid invalid -> UNASKED;
                    case Verdict.Drift drift -> UNASKED;
                    case Verdict.Pass pass -> UNASKED;
                };
        return new CaseOutcome(Status.BROKEN, message, "", "");
    }

    /** Judges a sample by how the asking ended, by its scores, and by what the detectors found of it. */
    static CaseOutcome ofSample(RunResult result, ScoredSample sample) {
        String error = sample.sample().exchange().lastError();
        return switch (sample.sample().outcome()) {
            case FAILED -> new CaseOutcome(Status.BROKEN, "endpoint: " + error, "", "");
            case REFUSED -> new CaseOutcome(Status.FAILED, "refused: " + error, "an answer", error);
            case ANSWERED ->
                difference(result, sample.sample().key())
                        .or(() -> wrong(sample))
                        .orElse(PASSED);
        };
    }

    /** Returns the outcome of the verdict itself. */
    static CaseOutcome ofVerdict(Verdict verdict) {
        Status status =
                switch (verdict) {
                    case Verdict.Pass pass -> Status.PASSED;
                    case Verdict.Invalid invalid -> Status.BROKEN;
                    case Verdict.Drift drift -> Status.FAILED;
                    case Verdict.LockBroken broken -> Status.FAILED;
                    case Verdict.Inconclusive inconclusive -> Status.FAILED;
                    case Verdict.NoBaseline none -> Status.FAILED;
                };
        String message = verdict.name() + ": " + reasons(verdict);
        return status == Status.PASSED
                ? new CaseOutcome(status, message, "", "")
                : new CaseOutcome(status, message, "PASS", verdict.name());
    }

    private static Optional<CaseOutcome> difference(RunResult result, SampleKey key) {
        return result.findings().stream()
                .filter(finding -> finding.result() == Finding.Result.CHANGED)
                .flatMap(finding -> finding.evidence().stream())
                .filter(evidence -> evidence.key().equals(key))
                .findFirst()
                .map(evidence -> new CaseOutcome(
                        Status.FAILED,
                        "differs from the baseline: " + evidence.what(),
                        evidence.baseline(),
                        evidence.tonight()));
    }

    private static Optional<CaseOutcome> wrong(ScoredSample sample) {
        return sample.scores().stream()
                .filter(score -> score.value() < RIGHT)
                .min(Comparator.comparingDouble(Score::value))
                .map(score -> new CaseOutcome(
                        Status.FAILED,
                        "wrong: " + score.scorer() + " = " + Figures.score(score.value()) + ", " + score.detail(),
                        score.scorer() + " = 1.000",
                        SampleView.of(sample).text()));
    }

    private static String reasons(Verdict verdict) {
        return String.join("; ", verdict.reasons());
    }
}
