package dev.lockstep.gate;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.run.SampleKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

    /** Returns whether another start shows any of it; empty when none was asked. */
    Optional<Boolean> shows() {
        Set<SampleKey> proved = Set.copyOf(proved());
        return answered()
                .map(other -> detectors(other).stream()
                        .flatMap(detector -> detector.decidedByRepeats().stream())
                        .anyMatch(proved::contains));
    }

    /** Tells what another start showed; nothing when none was asked. */
    String told() {
        return shows().map(
                        there -> there ? "another server start shows it, too" : "another server start does not show it")
                .orElse("");
    }

    private List<SampleKey> proved() {
        return detectors(asked.tonight()).stream()
                .flatMap(detector ->
                        detector.decidedByRepeats().stream().filter(key -> detector.isProved(key, asked.repeats())))
                .distinct()
                .limit(ENOUGH)
                .toList();
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
