package dev.lockstep.gate;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.BaselineRun;
import dev.lockstep.baseline.FingerprintAspect;
import dev.lockstep.client.Answer;
import dev.lockstep.gate.Finding.Evidence;
import dev.lockstep.run.SampleKey;
import java.util.List;
import java.util.Optional;

/**
 * Tonight's fingerprints beside those of the first approved run.
 *
 * @param compared what both runs asked of the same case, no infrastructure spoilt, and has the side that is looked at
 * @param differences the first difference of each answer that is not the same
 */
record Fingerprints(List<SampleKey> compared, List<Evidence> differences) {

    static Fingerprints of(FingerprintAspect aspect, Baseline baseline, Tonight tonight) {
        BaselineRun then = baseline.first();
        List<SampleKey> compared = tonight.fingerprintKeys().stream()
                .filter(tonight::holds)
                .filter(key -> then.sample(key, tonight.caseHash(key)).isPresent())
                .filter(key -> isComparable(aspect, then.answer(key, tonight.caseHash(key)), tonight.answer(key)))
                .toList();
        List<Evidence> differences = compared.stream()
                .map(key -> difference(aspect, key, then.answer(key, tonight.caseHash(key)), tonight.answer(key)))
                .flatMap(Optional::stream)
                .toList();
        return new Fingerprints(compared, differences);
    }

    /** A refusal in place of an answer is another token, not another log-probability. */
    private static boolean isComparable(FingerprintAspect aspect, Optional<Answer> then, Optional<Answer> now) {
        if (then.isEmpty() || now.isEmpty()) {
            return aspect == FingerprintAspect.TOKENS;
        }
        return aspect.comparable(then.get(), now.get());
    }

    private static Optional<Evidence> difference(
            FingerprintAspect aspect, SampleKey key, Optional<Answer> then, Optional<Answer> now) {
        if (then.isEmpty() || now.isEmpty()) {
            return then.isEmpty() && now.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Evidence(key, "outcome", outcome(then), outcome(now)));
        }
        return aspect.difference(then.get(), now.get())
                .map(found -> new Evidence(key, found.what(), found.baseline(), found.tonight()));
    }

    private static String outcome(Optional<Answer> answer) {
        return answer.isPresent() ? "answered" : "refused";
    }
}
