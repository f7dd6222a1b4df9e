package dev.lockstep.gate;

import dev.lockstep.baseline.AnswerDifference;
import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.BaselineRun;
import dev.lockstep.client.Answer;
import dev.lockstep.gate.Finding.Evidence;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import java.util.List;
import java.util.Optional;

/**
 * Tonight's fingerprints beside those of the first approved run.
 *
 * @param compared what both runs asked of the same case, and no infrastructure spoilt
 * @param differences the first difference of each answer that is not the same
 */
record Fingerprints(List<SampleKey> compared, List<Evidence> differences) {

    static Fingerprints of(Baseline baseline, Tonight tonight) {
        BaselineRun then = baseline.first();
        List<SampleKey> compared = tonight.fingerprintKeys().stream()
                .filter(key -> tonight.sample(key)
                        .filter(sample -> sample.outcome() != Sample.Outcome.FAILED)
                        .isPresent())
                .filter(key -> then.sample(key, tonight.caseHash(key)).isPresent())
                .toList();
        List<Evidence> differences = compared.stream()
                .map(key -> difference(key, then.answer(key, tonight.caseHash(key)), tonight.answer(key)))
                .flatMap(Optional::stream)
                .toList();
        return new Fingerprints(compared, differences);
    }

    private static Optional<Evidence> difference(SampleKey key, Optional<Answer> then, Optional<Answer> now) {
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
