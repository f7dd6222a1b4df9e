package dev.lockstep.report;

import dev.lockstep.job.RunResult;
import dev.lockstep.report.Guidance.Step;
import java.util.List;

/** What to do after a run that says nothing of behaviour. */
record InvalidSteps(RunResult result, Commands commands, RecordingSteps recording) {

    List<Step> all() {
        if (isAskedOtherwise()) {
            return List.of(
                    Step.of(
                            "Put 'request', 'model' and 'concurrency' of stack.yaml back as they were when the baseline was recorded, and ask again.",
                            commands.run()),
                    recording.first("Or, if it is to be asked so: record it."),
                    recording.approve("asked in another way"));
        }
        if (nothingIsInTheBaseline()) {
            return List.of(
                    recording.first("Record these suites under the same lock, together with those of the baseline."),
                    recording.approve("other suites"));
        }
        return server();
    }

    private boolean isAskedOtherwise() {
        return result.verdict().reasons().stream().anyMatch(reason -> reason.startsWith(RunResult.ASKED_OTHERWISE));
    }

    private boolean nothingIsInTheBaseline() {
        return !result.findings().isEmpty()
                && result.counts().failed() == 0
                && result.findings().stream().allMatch(finding -> finding.compared() == 0);
    }

    private List<Step> server() {
        Step look = result.place().server().managed()
                ? Step.of("See to the server; when it is down, start it.", commands.up())
                : Step.of("See to the server or the network.");
        return List.of(look, Step.of("Then ask again; everything is asked anew.", commands.run()));
    }
}
