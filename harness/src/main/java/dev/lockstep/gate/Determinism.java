package dev.lockstep.gate;

import dev.lockstep.gate.Finding.Result;
import dev.lockstep.run.SampleKey;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What differences mean on a layer that was calibrated deterministic: those that come back are a change.
 *
 * @param isLost whether some were asked again, and none came back each time
 */
record Determinism(Result result, String effect, boolean isLost) {
    private static final String LOST = "the layer was calibrated deterministic, but no difference came back in all "
            + Repeats.TIMES + " repeats: determinism is lost";

    private Determinism(Result result, String effect) {
        this(result, effect, false);
    }

    /**
     * Judges by what came back.
     *
     * @param identical what is said where nothing differs
     * @param runs how many runs of the baseline would measure noise, if it is noise
     */
    static Determinism of(Detector detector, Repeats repeats, String identical, int runs) {
        List<SampleKey> differences = detector.decidedByRepeats();
        if (differences.isEmpty()) {
            return new Determinism(Result.SAME, identical);
        }
        List<SampleKey> asked = differences.stream().filter(repeats::hold).toList();
        List<SampleKey> proved = differences.stream()
                .filter(key -> detector.isProved(key, repeats))
                .toList();
        if (!proved.isEmpty()) {
            return new Determinism(Result.CHANGED, proof(asked, proved));
        }
        return asked.isEmpty()
                ? new Determinism(Result.UNDECIDED, unasked())
                : new Determinism(Result.UNDECIDED, LOST + remedy(runs), true);
    }

    /** Judges as a plain diff would. */
    static Determinism byEquality(boolean differs, String identical) {
        return differs
                ? new Determinism(Result.CHANGED, "judged by bare equality, which calls noise a difference, too")
                : new Determinism(Result.SAME, identical);
    }

    /** Equality is a test without chance: 1 or 0; none where it does not decide. */
    OptionalDouble pValue() {
        return switch (result) {
            case SAME -> OptionalDouble.of(1);
            case CHANGED -> OptionalDouble.of(0);
            case UNDECIDED -> OptionalDouble.empty();
        };
    }

    /** What is proved without asking again is a refusal, which the client tries three times before it is one. */
    private static String proof(List<SampleKey> asked, List<SampleKey> proved) {
        long reproduced = asked.stream().filter(proved::contains).count();
        long refused = proved.size() - reproduced;
        List<String> parts = new ArrayList<>();
        if (!asked.isEmpty()) {
            parts.add(reproduced + " of " + asked.size() + " that were asked again gave the same other answer "
                    + Repeats.TIMES + " times more");
        }
        if (refused > 0) {
            parts.add(refused + " were refused in every try");
        }
        return String.join("; ", parts);
    }

    private static String unasked() {
        return "none of them was asked again, so nobody knows whether they come back";
    }

    private static String remedy(int runs) {
        return "; find out why, or record a baseline of " + runs + " runs that knows the noise";
    }

    /** Returns a finding by noise with what it is for. */
    static String demoted(String effect) {
        return LOST + "; judged as noise: " + effect;
    }
}
