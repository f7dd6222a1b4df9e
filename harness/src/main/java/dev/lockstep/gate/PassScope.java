package dev.lockstep.gate;

import dev.lockstep.baseline.FingerprintAspect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a verdict does not cover, and the smallest change that a {@code PASS} would have seen. */
final class PassScope {
    private PassScope() {}

    static List<String> sentences(Tonight tonight, List<Finding> findings) {
        List<String> sentences = new ArrayList<>(unjudged(tonight, findings));
        findings.stream()
                .filter(finding -> !finding.reach().isEmpty())
                .map(finding ->
                        finding.detector() + ": smallest change that this run would have seen: " + finding.reach())
                .forEach(sentences::add);
        return sentences;
    }

    /** Returns which detectors had nothing to look at, why, and what that leaves. */
    static List<String> unjudged(Tonight tonight, List<Finding> findings) {
        List<String> sentences = new ArrayList<>();
        if (tonight.fingerprintKeys().isEmpty()) {
            sentences.add(
                    "L1, L2: not judged; no token and no log-probability was compared, because no suite of this run has"
                            + " role 'fingerprint': this verdict rests on " + rest(findings) + " alone");
        } else if (lacks(findings, "L2")) {
            sentences.add(
                    "L2: not judged; the endpoint sent no log-probabilities, so that only L1 looks at the fingerprint:"
                            + " a change that moves no token goes unseen");
        } else if (lacksPrefill(findings)) {
            sentences.add(
                    "L2: the decode half alone; the endpoint gave no log-probabilities of prompt tokens. In their place the decode half"
                            + " looks at what follows the prompts: a change of how they are read goes unseen where no answer shows it");
        }
        samples(tonight, findings).ifPresent(sentences::add);
        if (lacks(findings, "L4")) {
            sentences.add(
                    "L4: not judged; no score was compared, because every suite of this run has another role than 'scores',"
                            + " or is advisory");
        }
        return sentences;
    }

    private static Optional<String> samples(Tonight tonight, List<Finding> findings) {
        if (!lacks(findings, "L3")) {
            return Optional.empty();
        }
        return Optional.of(
                tonight.sampledKeys().isEmpty()
                        ? "L3: not judged; no suite of this run has role 'samples'. In its place "
                                + substitute(findings)
                                + ": a server that samples in another way goes unseen where these do not move"
                        : "L3: not judged; samples under new seeds are never equal, and this policy judges by equality");
    }

    /** Fixed seeds draw the same answers only from a sampler that is the same. */
    private static String substitute(List<Finding> findings) {
        return lacks(findings, "L1")
                ? "L4 looks at the scores of sampled answers"
                : "L1 looks at the answers of its prompts that are sampled with fixed seeds";
    }

    private static String rest(List<Finding> findings) {
        if (lacks(findings, "L3")) {
            return "scores";
        }
        return lacks(findings, "L4") ? "samples" : "samples and scores";
    }

    private static boolean lacksPrefill(List<Finding> findings) {
        String prefill = FingerprintAspect.PREFILL.detector();
        return findings.stream().noneMatch(finding -> finding.detector().equals(prefill));
    }

    private static boolean lacks(List<Finding> findings, String family) {
        return findings.stream().noneMatch(finding -> finding.family().equals(family));
    }
}
