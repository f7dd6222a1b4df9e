package dev.lockstep.job;

import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.run.Plan;
import dev.lockstep.run.RunLog;
import dev.lockstep.run.Sample;

/** A finished run that is to be recorded: whole, and all of the locked stack's same start. */
record RecordableRun(RunLog log, Plan plan, LockedStack stack) {

    /** Throws, with the remedy, when the run may be no candidate for a baseline. */
    void require() {
        requireComplete();
        requireSameStart();
        requireStillLocked();
    }

    private void requireComplete() {
        long failed = log.samples().values().stream()
                .filter(sample -> sample.outcome() == Sample.Outcome.FAILED)
                .count();
        int planned = plan.samples().size();
        if (log.failedBeside() > 0) {
            throw new LockstepException(
                    ErrorKind.ENDPOINT,
                    "run " + log.header().runId() + " is not complete: " + log.failedBeside()
                            + " requests that score the baseline's tokens failed; nothing was recorded. See to the server and record"
                            + " again");
        }
        if (failed > 0 || log.samples().size() < planned) {
            throw new LockstepException(
                    ErrorKind.ENDPOINT,
                    "run " + log.header().runId() + " is not complete: "
                            + log.samples().size() + " of " + planned + " samples asked, " + failed
                            + " failed; nothing was recorded. See to the server and record again");
        }
        if (log.endsInOutage()) {
            throw new LockstepException(
                    ErrorKind.ENDPOINT,
                    "run " + log.header().runId() + " ends in an outage: "
                            + RunLog.REFUSALS_IN_A_ROW
                            + " refusals or more, or nothing else, and what was asked again did not end as before; nothing was"
                            + " recorded. See to the server and record again");
        }
    }

    /** A server may exchange its model while it runs. */
    private void requireStillLocked() {
        StackAtEnd end = StackAtEnd.of(stack);
        if (!end.isSound()) {
            throw new LockstepException(
                    ErrorKind.BASELINE,
                    "run " + log.header().runId() + " was not recorded: " + String.join("\n", end.reasons()));
        }
    }

    private void requireSameStart() {
        Starts now = stack.currentStarts();
        stack.starts().restarted(now).stream().findFirst().ifPresent(restart -> {
            throw new LockstepException(
                    ErrorKind.ENDPOINT,
                    restart.server() + " was restarted in the middle of run "
                            + log.header().runId() + " (epoch " + restart.then() + ", then " + restart.now()
                            + "); nothing was recorded. Record again");
        });
    }
}
