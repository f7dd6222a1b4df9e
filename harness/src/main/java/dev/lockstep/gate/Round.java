package dev.lockstep.gate;

import dev.lockstep.baseline.Baseline;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tests of one confirmation. */
record Round(List<Finding> findings) {
    /**
     * What was asked.
     *
     * @param repeated the prompts of the run
     * @param sampled fresh samples
     */
    record Passes(List<Tonight> repeated, List<Tonight> sampled) {}

    static Round of(Baseline baseline, GatePolicy policy, Passes passes, Set<String> detectors) {
        return new Round(Stream.concat(
                        Detectors.of(baseline, passes.repeated(), policy).stream()
                                .filter(each -> !isSampled(each)),
                        Detectors.of(baseline, passes.sampled(), policy).stream()
                                .filter(Round::isSampled))
                .filter(detector -> detectors.contains(detector.name()))
                .map(detector -> detector.find(Repeats.none()))
                .toList());
    }

    private static boolean isSampled(Detector detector) {
        return detector.name().equals(SampleDetector.NAME);
    }

    /** Tells what the confirmation says of what a finding of the run says; that it holds the same test is known. */
    String told(Finding finding) {
        return findings.stream()
                .filter(each -> each.detector().equals(finding.detector()))
                .map(Screen::told)
                .collect(Collectors.joining());
    }
}
