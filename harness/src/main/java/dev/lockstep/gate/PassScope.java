package dev.lockstep.gate;

import dev.lockstep.stats.McNemar;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a {@code PASS} does not cover, and the smallest change that it would have seen. */
final class PassScope {
    private PassScope() {}

    static List<String> sentences(GatePolicy policy, List<Finding> findings) {
        List<String> sentences = new ArrayList<>();
        if (lacks(findings, "L1")) {
            sentences.add(
                    "L1: not judged; no token and no log-probability was compared, because no suite of this run has"
                            + " role 'fingerprint': this PASS rests on scores alone");
        }
        if (lacks(findings, "L4")) {
            sentences.add(
                    "L4: not judged; no score was compared, because every suite of this run has role 'fingerprint'");
        }
        findings.stream()
                .filter(finding -> finding.detector().equals("L4"))
                .forEach(finding -> sentences.add(smallestChange(policy, finding.compared())));
        return sentences;
    }

    private static boolean lacks(List<Finding> findings, String detector) {
        return findings.stream().noneMatch(finding -> finding.detector().equals(detector));
    }

    private static String smallestChange(GatePolicy policy, int compared) {
        int flips = McNemar.fewestFlips(policy.alpha());
        return flips > compared
                ? "too few scored samples to call any change of score drift: needs " + flips + ", has " + compared
                : String.format(
                        Locale.ROOT,
                        "smallest change of score that this run can call drift: %d samples of %d flipping one way (%.1f pp)",
                        flips,
                        compared,
                        100.0 * flips / compared);
    }
}
