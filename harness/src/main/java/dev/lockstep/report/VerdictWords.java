package dev.lockstep.report;

import dev.lockstep.gate.Attribution;
import dev.lockstep.gate.Verdict;
import dev.lockstep.job.RunResult;
import dev.lockstep.lock.Layer;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a verdict means, and the layers it names. */
final class VerdictWords {

    private VerdictWords() {}

    /** Returns what the verdict means, for somebody who has never seen it. */
    static String meaning(RunResult result) {
        return switch (result.verdict()) {
            case Verdict.Pass pass -> "The stack is the locked one, and it behaves as its baseline.";
            case Verdict.Drift drift ->
                switch (drift.scope()) {
                    case STACK ->
                        "The lock holds as far as it can be seen, yet the stack answers differently than its baseline.";
                    case REPLICA ->
                        "The lock holds as far as it can be seen, yet one replica answers differently than the baseline.";
                };
            case Verdict.LockBroken broken ->
                result.header().isEmpty()
                        ? "The stack that answers is not the locked one. No prompt was sent."
                        : "The stack was the locked one when the run began, and was not at its end; no answer can be trusted.";
            case Verdict.Inconclusive inconclusive ->
                "There is too little evidence to say \"same\", and none that says \"different\".";
            case Verdict.Invalid invalid -> "The run itself failed; nothing can be said about the stack's behaviour.";
            case Verdict.NoBaseline none ->
                "The stack is the locked one, but nobody approved a baseline for this lock.";
        };
    }

    /** Returns the sense in which the verdict names layers, as the start of a line: {@code Moved}. */
    static String naming(Verdict verdict) {
        String naming = verdict.naming();
        return naming.isEmpty() ? "" : capital(naming);
    }

    /** Returns the layers that the verdict names. */
    static String layers(Verdict verdict) {
        return verdict.layers().stream().map(Layer::key).collect(Collectors.joining(", "));
    }

    /** Returns where the difference comes from, as a sentence of its own; empty when nothing is known to differ. */
    static Optional<String> attribution(RunResult result) {
        return result.diagnosis().attribution().map(Attribution::sentence).map(VerdictWords::capital);
    }

    private static String capital(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
