package dev.lockstep.gate;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.FingerprintAspect;
import dev.lockstep.run.SampleKey;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The detectors that have something to look at. */
final class Detectors {
    private Detectors() {}

    /**
     * Returns the detectors of one server start, in the order of their names.
     *
     * @param passes what was asked of it; one, or the passes of a confirmation
     */
    static List<Detector> of(Baseline baseline, List<Tonight> passes, GatePolicy policy) {
        List<Detector> detectors = new ArrayList<>();
        Tonight tonight = passes.getFirst();
        if (!tonight.fingerprintKeys().isEmpty()) {
            detectors.add(new FingerprintDetector(FingerprintAspect.TOKENS, baseline, passes, policy));
        }
        if (hasLogprobs(baseline, tonight)) {
            detectors.add(new FingerprintDetector(FingerprintAspect.LOGPROBS, baseline, passes, policy));
        }
        if (prefilled(baseline, tonight) > 0) {
            detectors.add(new FingerprintDetector(FingerprintAspect.PREFILL, baseline, passes, policy));
        }
        if (policy.judging() == GatePolicy.Judging.CALIBRATED
                && !tonight.sampledKeys().isEmpty()) {
            detectors.add(new SampleDetector(baseline, passes, policy));
        }
        tiers(tonight, policy).forEach(tier -> detectors.add(new ScoreDetector(baseline, passes, policy, tier)));
        return detectors;
    }

    /** Returns how many findings a detector makes of a run; they share its level. */
    static int findings(String family, Baseline baseline, Tonight tonight, GatePolicy policy) {
        return switch (family) {
            case "L2" -> (hasLogprobs(baseline, tonight) ? 1 : 0) + (prefilled(baseline, tonight) > 0 ? 1 : 0);
            case "L4" -> tiers(tonight, policy).size();
            default -> 1;
        };
    }

    private static boolean hasLogprobs(Baseline baseline, Tonight tonight) {
        return !Fingerprints.of(FingerprintAspect.LOGPROBS, baseline, tonight)
                .compared()
                .isEmpty();
    }

    private static List<Tiers.Tier> tiers(Tonight tonight, GatePolicy policy) {
        return Stream.of(Tiers.Tier.CRITICAL, Tiers.Tier.SUPPORTING)
                .filter(tier -> tonight.scoredKeys().stream()
                        .anyMatch(key -> policy.tiers().of(key.suite()) == tier))
                .toList();
    }

    /** Returns the samples of a plan that the detector of a finding looks at, whether the baseline holds them or not. */
    static List<SampleKey> keys(Tonight tonight, Finding finding, GatePolicy policy) {
        return switch (finding.family()) {
            case "L3" -> tonight.sampledKeys();
            case "L4" ->
                tonight.scoredKeys().stream()
                        .filter(key -> policy.tiers().of(key.suite()).finding().equals(finding.detector()))
                        .toList();
            default -> tonight.fingerprintKeys();
        };
    }

    /**
     * Returns how many samples a detector would compare if the baseline lacked none; of L2's decode half what the endpoint sent, of its
     * prefill half what the baseline holds.
     */
    static int planned(Baseline baseline, Tonight tonight, Finding finding, GatePolicy policy) {
        if (finding.detector().equals(FingerprintAspect.PREFILL.detector())) {
            return prefilled(baseline, tonight);
        }
        return finding.family().equals("L2")
                ? finding.compared()
                : keys(tonight, finding, policy).size();
    }

    private static int prefilled(Baseline baseline, Tonight tonight) {
        return (int) tonight.fingerprintKeys().stream()
                .flatMap(key -> baseline.first().answer(key, tonight.caseHash(key)).stream())
                .filter(answer -> !answer.forced().prefill().isEmpty())
                .count();
    }
}
