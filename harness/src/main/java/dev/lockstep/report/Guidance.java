package dev.lockstep.report;

import dev.lockstep.gate.Finding;
import dev.lockstep.gate.Verdict;
import dev.lockstep.job.RunResult;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.Layer;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a verdict means, and what to do next: the one place where reports spell commands. */
final class Guidance {
    private static final String SUITES = " --suites SUITES";

    private Guidance() {}

    /**
     * Something to do.
     *
     * @param command what to type; empty when there is nothing to type
     */
    record Step(String sentence, String command) {}

    /** Returns what the verdict means, for somebody who has never seen it. */
    static String meaning(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Pass pass -> "The stack is the locked one, and it behaves as its baseline.";
            case Verdict.Drift drift ->
                switch (drift.scope()) {
                    case STACK -> "The lock holds, yet the stack answers differently than its baseline.";
                    case REPLICA -> "The lock holds, yet one replica answers differently than the baseline.";
                };
            case Verdict.LockBroken broken -> "The stack that answers is not the locked one. No prompt was sent.";
            case Verdict.Inconclusive inconclusive ->
                "There is too little evidence to say \"same\", and none that says \"different\".";
            case Verdict.Invalid invalid -> "The run itself failed; nothing can be said about the stack's behaviour.";
            case Verdict.NoBaseline none ->
                "The stack is the locked one, but nobody approved a baseline for this lock.";
        };
    }

    /** Returns the layers that moved or are suspected, by name; a dash when there are none. */
    static String layers(Verdict verdict) {
        return verdict.layers().isEmpty()
                ? "–"
                : verdict.layers().stream().map(Layer::key).collect(Collectors.joining(", "));
    }

    /** Returns what to do next, the first thing first. */
    static List<Step> steps(RunResult result) {
        String stack = options(result);
        return switch (result.verdict()) {
            case Verdict.Pass pass -> List.of(new Step("Nothing to do.", ""));
            case Verdict.Drift drift -> drifted(stack);
            case Verdict.LockBroken broken -> broken(result, stack);
            case Verdict.Inconclusive inconclusive -> undecided(result, stack);
            case Verdict.Invalid invalid ->
                List.of(
                        new Step("See to the server or the network.", ""),
                        new Step(
                                "Then ask again; the same command resumes a run that was cut short.",
                                "lockstep run " + stack + SUITES));
            case Verdict.NoBaseline none -> baseline(stack);
        };
    }

    /** Returns the options that name this stack in every command. */
    static String options(RunResult result) {
        RunResult.Place place = result.place();
        return "--stack " + place.stack() + (place.store().equals(place.stack()) ? "" : " --store " + place.store());
    }

    private static List<Step> drifted(String stack) {
        return List.of(
                new Step("Look at the stack once more, on the machine that serves.", "lockstep verify " + stack),
                new Step("Put the stack back as it was approved, and ask again.", "lockstep run " + stack + SUITES),
                new Step(
                        "Or, if the change is wanted: lock what runs now, and give the new lock its own baseline.",
                        "lockstep lock " + stack + "\nlockstep baseline record " + stack + SUITES));
    }

    private static List<Step> broken(RunResult result, String stack) {
        String store = result.place().store();
        String locked = store + "/locks/" + result.lockId() + ".json";
        return List.of(
                new Step("Put the stack back as it was locked, then look again.", "lockstep verify " + stack),
                new Step(
                        "Or, if the change is wanted: write it into stack.yaml, lock what runs now, and see what moved.",
                        "lockstep lock " + stack + "\nlockstep lock diff " + locked + " " + store + "/stack.lock.json"),
                new Step("Then give the new lock its own baseline.", "lockstep baseline record " + stack + SUITES));
    }

    private static List<Step> baseline(String stack) {
        return List.of(
                new Step(
                        "Record what this lock answers, over several starts.",
                        "lockstep baseline record " + stack + SUITES),
                new Step(
                        "Look at it, then approve it.",
                        "lockstep baseline approve " + stack + " --by YOU --why 'first baseline'"));
    }

    private static List<Step> undecided(RunResult result, String stack) {
        Stream<Step> effects = result.findings().stream()
                .filter(finding -> finding.result() == Finding.Result.UNDECIDED)
                .map(finding -> new Step(finding.detector() + ": " + finding.effect(), ""));
        Stream<Step> checks = result.checks().stream()
                .filter(check -> check.outcome() == Check.Outcome.UNVERIFIABLE && check.policy() == Check.Policy.PIN)
                .map(check -> new Step(check.layer() + " (" + check.field() + "): " + check.note(), ""));
        Stream<Step> more = Stream.of(new Step(
                "Record more runs and approve them together with the earlier ones.",
                "lockstep baseline record " + stack + SUITES));
        return Stream.of(effects, checks, more).flatMap(steps -> steps).toList();
    }
}
