package dev.lockstep.gate;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.run.SampleKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a difference that came back each time is true of: of the stack when another server start shows it, too, else of the start
 * that was asked.
 */
final class OtherStart {
    private static final int ENOUGH = 10;

    private final Baseline baseline;
    private final GatePolicy policy;
    private final Asked asked;

    OtherStart(Baseline baseline, GatePolicy policy, Asked asked) {
        this.baseline = baseline;
        this.policy = policy;
        this.asked = asked;
    }

    /** Returns what another start is to be asked for; nothing where one was asked, or where nothing is proved. */
    List<SampleKey> toAsk() {
        return answered().isPresent() ? List.of() : proved();
    }

    /** Returns whether another start was asked, and shows nothing of what any detector proved. */
    boolean isOfOneStart() {
        List<Boolean> shown = proving().stream()
                .flatMap(detector -> shows(detector.name()).stream())
                .toList();
        return !shown.isEmpty() && !shown.contains(true);
    }

    /** Tells what another start showed of what a detector proved; nothing when none was asked. */
    String told(String detector) {
        return shows(detector)
                .map(there -> there ? "another server start shows it, too" : "another server start does not show it")
                .orElse("");
    }

    private Optional<Boolean> shows(String name) {
        Set<SampleKey> proved = proving().stream()
                .filter(detector -> detector.name().equals(name))
                .flatMap(this::proved)
                .collect(Collectors.toSet());
        return answered()
                .filter(other -> !proved.isEmpty())
                .map(other -> detectors(other).stream()
                        .filter(detector -> detector.name().equals(name))
                        .flatMap(detector -> detector.decidedByRepeats().stream())
                        .anyMatch(proved::contains));
    }

    private List<SampleKey> proved() {
        return proving().stream().flatMap(this::proved).distinct().toList();
    }

    private Stream<SampleKey> proved(Detector detector) {
        return detector.decidedByRepeats().stream()
                .filter(key -> detector.isProved(key, asked.repeats()))
                .limit(ENOUGH);
    }

    private List<Detector> proving() {
        return detectors(asked.tonight());
    }

    private List<Detector> detectors(Tonight pass) {
        return Detectors.of(baseline, List.of(pass), policy);
    }

    /** Returns the first answers of another start, if it was asked for all of it. */
    private Optional<Tonight> answered() {
        List<SampleKey> wanted = proved();
        return asked.confirmations().stream()
                .filter(start -> !wanted.isEmpty() && !start.isOf(asked.tonight()) && start.holds(wanted))
                .map(start -> start.passes().getFirst())
                .findFirst();
    }
}
