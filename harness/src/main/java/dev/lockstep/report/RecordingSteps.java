package dev.lockstep.report;

import dev.lockstep.job.RunResult;
import dev.lockstep.job.RunResult.BaselineSummary;
import dev.lockstep.report.Guidance.Step;
import java.util.Optional;

/** The steps of a report that record runs, and approve them. */
final class RecordingSteps {
    private final RunResult result;
    private final Commands commands;

    RecordingSteps(RunResult result, Commands commands) {
        this.result = result;
        this.commands = commands;
    }

    /** Records what was never recorded: how many runs that takes, the recording itself says. */
    Step first(String sentence) {
        String starts = isManaged()
                ? " The command says at its end whether more runs are needed."
                : " One run for each start of the server: restart it and record again, until the command asks for no more.";
        return Step.of(sentence + starts, commands.record());
    }

    /** Records the runs that measure a noise which the baseline does not show. */
    Step runsIfNoisy(String sentence) {
        return more(sentence, baseline().runsNeededIfNoisy());
    }

    /** Records the runs that the baseline lacks; where it lacks none, its noise is not what it was. */
    Step runsThatDecide(String sentence) {
        return runsThatLack(sentence).orElseGet(() -> runsIfNoisy(sentence));
    }

    /** Records the runs that the baseline lacks to know its noise; empty when it lacks none. */
    Optional<Step> runsThatLack(String sentence) {
        int needed = baseline().runsNeeded();
        return needed > baseline().runIds().size() ? Optional.of(more(sentence, needed)) : Optional.empty();
    }

    Step approve(String why) {
        return Step.of("Look at what was recorded, then approve it under your name.", commands.approve(why));
    }

    private Step more(String sentence, int needed) {
        int there = baseline().runIds().size();
        String has = " The baseline has " + there + (there == 1 ? " run" : " runs") + " and needs " + needed + ".";
        String starts = isManaged()
                ? ""
                : " One run for each start of the server: restart it and record again, until there are " + needed + ".";
        return Step.of(sentence + has + starts, commands.record(needed - there));
    }

    private BaselineSummary baseline() {
        return result.baseline().orElseThrow();
    }

    private boolean isManaged() {
        return result.place().server().managed();
    }
}
