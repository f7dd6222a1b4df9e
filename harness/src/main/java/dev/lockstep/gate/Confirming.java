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
    private static final String DECIDED = ", and was not confirmed, for another detector decides already";
    private static final String NOTHING =
            ", and the fresh answers hold nothing to compare; the run log (confirm) tells why: mend that, and run again";
    private static final String AGAIN = "run again, other answers may decide";
    private static final String ONE_START = "; on a noisy layer that may be this start alone: ";
    private static final String RESTART = "one more start would decide: restart the server, and run again";
    private static final String ASKED = "a third start would decide: run again, on a start of its own";

    private final Baseline baseline;
    private final GatePolicy policy;
    private final Tonight tonight;
    private final Screened screened;
    private final List<Finding> findings;
    private final OtherStart otherStart;
    private final List<Round> rounds = new ArrayList<>();
    private DriftRule rule;

    Confirming(Baseline baseline, GatePolicy policy, Asked asked, Screened screened) {
        this.baseline = baseline;
        this.policy = policy;
        this.tonight = asked.tonight();
        this.screened = screened;
        this.findings = screened.findings();
        this.otherStart = new OtherStart(baseline, policy, asked);
        this.rule = DriftRule.screen(policy.levels(), Screen.tests(findings, policy));
        asked.confirmations().stream().limit(DriftRule.ROUNDS).forEach(this::take);
    }

    /** Returns what must be asked next; of what is decided, whether another start shows it, too. */
    ToConfirm next() {
        if (isDecided()) {
            return new ToConfirm(ToConfirm.Start.OTHER, otherStart.toAsk());
        }
        List<SampleKey> keys = rule.asks() ? keys(rule.open()) : List.of();
        return new ToConfirm(rounds.isEmpty() ? ToConfirm.Start.SAME : ToConfirm.Start.OTHER, keys);
    }

    /** Returns the findings with what the confirmations say of those that fired. */
    List<Finding> confirmed() {
        return findings.stream().map(this::confirmed).toList();
    }

    /** A change that another server start does not show is one of this replica. */
    Verdict.Scope scope() {
        boolean isOfOneStart = isDecided() ? otherStart.isOfOneStart() : rule.isOfOneStart();
        return isOfOneStart ? Verdict.Scope.REPLICA : Verdict.Scope.STACK;
    }

    /** The first round is of this start, the second of another; one that was cut short is none: it does not hold all that fired. */
    private void take(Confirmation confirmation) {
        Set<String> open = rule.open();
        boolean isNext = confirmation.isOf(tonight) == rounds.isEmpty();
        if (isNext && !open.isEmpty() && confirmation.holds(keys(open))) {
            Round round = Round.of(baseline, policy, passes(confirmation), open);
            rounds.add(round);
            rule = rule.confirmed(Screen.tests(round.findings(), policy));
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

    private Finding confirmed(Finding finding) {
        String screen = "the screen fired (" + Screen.told(finding) + ")";
        return switch (rule.outcome(finding.detector())) {
            case NOT_FIRED -> finding.result() == Result.CHANGED ? proved(finding) : finding;
            case UNASKED -> finding.as(Result.UNDECIDED, screen + unasked(finding));
            case UNCONFIRMED ->
                unconfirmed(finding.as(
                        finding.result(), screen + ", but fresh answers do not confirm it (" + here(finding) + ")"));
            case ONE_START -> finding.as(Result.UNDECIDED, screen + persisting(finding) + ONE_START + remedy());
            case CHANGED -> finding.as(Result.CHANGED, screen + persisting(finding));
        };
    }

    private String unasked(Finding finding) {
        if (isDecided()) {
            return DECIDED;
        }
        return rounds.isEmpty() ? nobodyAsked(finding) : NOTHING;
    }

    private String nobodyAsked(Finding finding) {
        return ", and nobody asked again; " + Confirmation.PASSES + " fresh answers to each of the "
                + keys(Set.of(finding.detector())).size() + " samples would decide: run again, which asks them";
    }

    /** More of the same may decide what is open; so may other answers, where answers share no noise. */
    private Finding unconfirmed(Finding finding) {
        if (finding.result() != Result.UNDECIDED || !finding.family().equals("L4")) {
            return finding;
        }
        return screened.withRemedy(finding.as(Result.UNDECIDED, AGAIN));
    }

    private Finding proved(Finding finding) {
        String told = otherStart.told(finding.detector());
        return told.isEmpty() ? finding : finding.as(Result.CHANGED, told);
    }

    private boolean isDecided() {
        return findings.stream().anyMatch(finding -> finding.result() == Result.CHANGED);
    }

    private String remedy() {
        return rounds.size() < DriftRule.ROUNDS ? RESTART : ASKED;
    }

    private String here(Finding finding) {
        return rounds.getFirst().told(finding);
    }

    private String persisting(Finding finding) {
        return ", and fresh answers confirm it (" + here(finding) + ")" + elsewhere(finding);
    }

    private String elsewhere(Finding finding) {
        if (rounds.size() < DriftRule.ROUNDS) {
            return "";
        }
        if (!rule.tests(1, finding.detector())) {
            return "; of another server start nothing could be compared";
        }
        String told = " (" + rounds.getLast().told(finding) + ")";
        return rule.confirms(1, finding.detector())
                ? "; another server start shows it, too" + told
                : "; another server start does not show it" + told;
    }

    /** Returns the samples that these detectors compare, in the order of the plan. */
    private List<SampleKey> keys(Set<String> detectors) {
        Set<SampleKey> wanted = findings.stream()
                .filter(finding -> detectors.contains(finding.detector()))
                .flatMap(finding -> Detectors.keys(tonight, finding, policy).stream())
                .collect(Collectors.toSet());
        return tonight.planned().stream().filter(wanted::contains).toList();
    }
}
