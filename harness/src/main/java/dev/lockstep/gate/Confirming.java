package dev.lockstep.gate;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.gate.Finding.Result;
import dev.lockstep.run.SampleKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Tests that fired are made again on fresh answers: of the same server start, and where one may be had, of another. */
final class Confirming {
    private static final int ROUNDS = 2;
    private static final String DECIDED = ", and was not confirmed, for another detector decides already";
    private static final String AGAIN = "; run again: other answers may decide";
    private static final String ONE_START =
            "; on a noisy layer that may be this start alone: restart the server, and run again";

    private final Baseline baseline;
    private final GatePolicy policy;
    private final Tonight tonight;
    private final List<Finding> findings;
    private final List<Finding> fired;
    private final List<Round> rounds = new ArrayList<>();

    Confirming(Baseline baseline, GatePolicy policy, Asked asked, List<Finding> findings) {
        this.baseline = baseline;
        this.policy = policy;
        this.tonight = asked.tonight();
        this.findings = List.copyOf(findings);
        Set<String> names = Screen.fired(findings, policy, policy.levels().screen());
        this.fired = findings.stream()
                .filter(finding -> finding.isTested() && names.contains(finding.detector()))
                .toList();
        asked.confirmations().stream().limit(ROUNDS).forEach(this::take);
    }

    /** Returns what must be asked next; nothing when something else decides. */
    ToConfirm next() {
        List<SampleKey> keys = rounds.size() < ROUNDS && !isDecided() ? keys(open()) : List.of();
        return new ToConfirm(rounds.isEmpty() ? ToConfirm.Start.SAME : ToConfirm.Start.OTHER, keys);
    }

    /** Returns the findings with what the confirmations say of those that fired. */
    List<Finding> confirmed() {
        return findings.stream()
                .map(finding -> fired.contains(finding) ? confirmed(finding) : finding)
                .toList();
    }

    /** A change that another server start does not show is one of this replica. */
    Verdict.Scope scope() {
        boolean elsewhere =
                rounds.size() < ROUNDS || isDecided() || fired.stream().anyMatch(this::isEverywhere);
        return elsewhere ? Verdict.Scope.STACK : Verdict.Scope.REPLICA;
    }

    /** A confirmation that was cut short is none: it does not hold all that fired. */
    private void take(Confirmation confirmation) {
        List<Finding> open = open();
        if (!open.isEmpty() && confirmation.holds(keys(open))) {
            Set<String> names = open.stream().map(Finding::detector).collect(Collectors.toSet());
            rounds.add(Round.of(baseline, policy, passes(confirmation), names));
        }
    }

    /**
     * Returns what to judge. Of another start, prompts that are repeated count once: the first time they meet a server as cold as
     * that of the run, the second time one that may still hold them in its cache, which computes them in another way.
     */
    private Round.Passes passes(Confirmation confirmation) {
        List<Tonight> all = confirmation.passes();
        return new Round.Passes(rounds.isEmpty() ? all : all.subList(0, 1), all);
    }

    /** Returns what fired, and every confirmation so far confirms. */
    private List<Finding> open() {
        return fired.stream().filter(this::isEverywhere).toList();
    }

    private boolean isEverywhere(Finding finding) {
        return rounds.stream().allMatch(round -> round.confirms(finding));
    }

    private Finding confirmed(Finding finding) {
        String screen = "the screen fired (" + Screen.told(finding) + ")";
        if (rounds.isEmpty()) {
            return finding.as(Result.UNDECIDED, screen + (isDecided() ? DECIDED : ", and nobody asked again"));
        }
        Round here = rounds.getFirst();
        if (!here.confirms(finding)) {
            return finding.as(
                    finding.result(),
                    screen + ", but fresh answers do not confirm it (" + here.told(finding) + ")"
                            + (finding.result() == Result.UNDECIDED ? AGAIN : ""));
        }
        String confirmed = screen + ", and fresh answers confirm it (" + here.told(finding) + ")" + elsewhere(finding);
        return isProved(finding)
                ? finding.as(Result.CHANGED, confirmed)
                : finding.as(Result.UNDECIDED, confirmed + ONE_START);
    }

    private boolean isDecided() {
        return findings.stream().anyMatch(finding -> finding.result() == Result.CHANGED);
    }

    /**
     * Answers of one start share its noise, so that asking it again proves little where whole runs are compared: another start
     * must confirm it. Where none can be asked, the run by itself must be as unlikely as two looks that share nothing.
     */
    private boolean isProved(Finding finding) {
        if (!finding.isByRuns()) {
            return true;
        }
        double alone = Screen.least(finding, findings, policy) * policy.levels().confirm();
        return rounds.size() == ROUNDS
                ? isEverywhere(finding)
                : finding.pValue().orElse(1) <= alone;
    }

    private String elsewhere(Finding finding) {
        if (rounds.size() < ROUNDS) {
            return "";
        }
        Round other = rounds.getLast();
        return other.confirms(finding)
                ? "; another server start shows it, too (" + other.told(finding) + ")"
                : "; another server start does not show it (" + other.told(finding) + ")";
    }

    /** Returns the samples that these findings compare, in the order of the plan. */
    private List<SampleKey> keys(List<Finding> compared) {
        Set<SampleKey> wanted = compared.stream()
                .flatMap(finding -> Detectors.keys(tonight, finding, policy).stream())
                .collect(Collectors.toSet());
        return tonight.planned().stream().filter(wanted::contains).toList();
    }
}
