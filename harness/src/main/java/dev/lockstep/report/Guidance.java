package dev.lockstep.report;

import dev.lockstep.gate.Finding;
import dev.lockstep.gate.Verdict;
import dev.lockstep.job.RunResult;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What to do next, after a verdict. */
public final class Guidance {
    private static final int MOST_CHECKS = 5;

    private final RunResult result;
    private final Commands commands;
    private final RecordingSteps recording;

    private Guidance(RunResult result) {
        this.result = result;
        this.commands = Commands.of(result);
        this.recording = new RecordingSteps(result, commands);
    }

    /**
     * Something to do.
     *
     * @param commands what to type, one after the other; empty when there is nothing to type
     */
    record Step(String sentence, List<String> commands) {
        Step {
            commands = List.copyOf(commands);
        }

        static Step of(String sentence, String... commands) {
            return new Step(sentence, List.of(commands));
        }
    }

    /** Returns what to do next, the first thing first. */
    static List<Step> steps(RunResult result) {
        Guidance guidance = new Guidance(result);
        return switch (result.verdict()) {
            case Verdict.Pass pass -> List.of(Step.of(guidance.passed()));
            case Verdict.Drift drift -> guidance.drifted(drift);
            case Verdict.LockBroken broken -> guidance.broken();
            case Verdict.Inconclusive inconclusive ->
                result.findings().isEmpty() ? guidance.unverified() : guidance.undecided();
            case Verdict.Invalid invalid -> new InvalidSteps(result, guidance.commands, guidance.recording).all();
            case Verdict.NoBaseline none ->
                List.of(
                        guidance.recording.first("Record what this lock answers."),
                        guidance.recording.approve("first baseline"));
        };
    }

    /** Returns the first command of all that are to be typed next; empty when there is none. */
    public static Optional<String> nextCommand(RunResult result) {
        return steps(result).stream().flatMap(step -> step.commands().stream()).findFirst();
    }

    private String passed() {
        return result.findings().stream().anyMatch(finding -> finding.detector().equals("L1"))
                ? "Nothing to do."
                : "Nothing to do tonight. To have tokens compared as well, add a suite of role 'fingerprint' to baseline and run.";
    }

    private List<Step> drifted(Verdict.Drift drift) {
        Step look = Step.of("Look at the stack once more, on the machine that serves.", commands.verify());
        if (drift.layers().stream().allMatch(layer -> layer == Layer.HARDWARE)) {
            return List.of(
                    look,
                    Step.of(
                            "Look for what no lock holds (hardware, drivers, what runs beside the server), and ask again.",
                            commands.run()),
                    recording.runsIfNoisy(
                            "Or, if nobody changed anything: this is noise that the baseline does not know yet. Record more"
                                    + " runs under the same lock."),
                    recording.approve("more runs, to measure the noise"));
        }
        return List.of(
                look,
                Step.of("Put the stack back as it was approved, and ask again.", commands.run()),
                Step.of(
                        "Or, if the change is wanted: write it into stack.yaml (what no file shows, under \"declared\"), and lock"
                                + " the stack. The lock's id must change.",
                        commands.lock()),
                recording.first("Record what the new lock answers."),
                recording.approve("the change is wanted"));
    }

    private List<Step> broken() {
        List<String> lock = new ArrayList<>(List.of(commands.lock()));
        if (result.baseline().isPresent()) {
            lock.add(commands.lockDiff(result.lockId()));
        }
        return List.of(
                Step.of("Put the stack back as it was locked, then look again.", commands.verify()),
                new Step(
                        "Or, if the change is wanted: lock what runs now (what stack.yaml names must be changed there first), and see what"
                                + " moved.",
                        lock),
                recording.first("Record what the new lock answers."),
                recording.approve("the change is wanted"));
    }

    private List<Step> unverified() {
        List<Step> steps = new ArrayList<>(result.checks().stream()
                .filter(check -> check.outcome() == Check.Outcome.UNVERIFIABLE
                        && check.policy().isStrict())
                .limit(MOST_CHECKS)
                .map(check -> Step.of(check.layer() + " (" + check.field() + "): " + check.note()))
                .toList());
        steps.add(Step.of(
                "Run Lockstep where these layers can be read, or lower \"floor\" in stack.yaml; then look again.",
                commands.verify()));
        return steps;
    }

    private List<Step> undecided() {
        List<Step> steps = new ArrayList<>();
        if (isUndecided(finding -> !finding.isTested())) {
            steps.add(recording.runsThatDecide(
                    "Record more runs under the same lock; together with the earlier ones they measure the noise."));
            if (isUndecided(Guidance::lacksCases)) {
                steps.add(moreCases("Or give"));
            }
        } else if (isUndecided(Finding::isTested)) {
            recording
                    .runsThatLack(
                            "Record more runs of the same suites under the same lock; they show whether scores repeat.")
                    .ifPresent(steps::add);
            steps.add(moreCases(steps.isEmpty() ? "Give" : "Or give"));
        } else {
            steps.add(recording.first("Record the cases that the baseline lacks, under the same lock."));
        }
        steps.add(recording.approve("more evidence"));
        return steps;
    }

    private Step moreCases(String how) {
        return recording.first(how + " the scored suites more cases, as many as the reason says, and record them.");
    }

    /** Where nobody knows the noise, scores of which none moved are the same once they are enough. */
    private static boolean lacksCases(Finding finding) {
        return finding.detector().startsWith("L4") && !finding.isTested() && finding.changed() == 0;
    }

    private boolean isUndecided(Predicate<Finding> kind) {
        return result.findings().stream()
                .filter(finding -> finding.result() == Finding.Result.UNDECIDED && finding.compared() > 0)
                .anyMatch(kind);
    }
}
