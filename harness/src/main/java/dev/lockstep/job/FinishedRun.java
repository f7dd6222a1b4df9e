package dev.lockstep.job;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.LockFile;
import dev.lockstep.lock.LockId;
import dev.lockstep.run.Plan;
import dev.lockstep.run.Profile;
import dev.lockstep.run.RunLog;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;

/** A run that was judged before, and can be judged again from its log: by another policy, or to make its reports anew. */
public final class FinishedRun {
    private final Path file;
    private final RunLog log;

    private FinishedRun(Path file, RunLog log) {
        this.file = file;
        this.log = log;
    }

    /**
     * Reads a run log, named by itself or by the folder of its run.
     *
     * @throws LockstepException of kind CONFIG when it is none, unreadable, or the run was cut short
     */
    public static FinishedRun read(Path logOrFolder) {
        Path file = RunFolder.logAt(logOrFolder);
        RunLog log = RunLog.read(file);
        if (log.end().isEmpty()) {
            throw new LockstepException(
                    ErrorKind.CONFIG,
                    file + ": the run was never judged, so nobody wrote down whether its lock held;"
                            + " start the same `run` again, which resumes a run that was cut short");
        }
        return new FinishedRun(file, log);
    }

    /**
     * Judges the run as it would have been judged at its end.
     *
     * @param request only its files and its policy count; nothing is asked
     * @param suites those that were asked, under whatever profile
     * @param to where the reports belong
     * @throws LockstepException of kind CONFIG when the plan is another one, BASELINE when its lock has no approved baseline
     */
    public RunOutcome judge(RunRequest request, Plan suites, Workplace workplace, Path to) {
        Plan plan = asked(suites);
        LockId lockId = new LockId(log.header().lockId());
        Baseline baseline = workplace
                .baselines(request.folder())
                .approved(lockId)
                .flatMap(all -> all.within(log.header().stratum()))
                .orElseThrow(() -> new LockstepException(
                        ErrorKind.BASELINE,
                        file + ": was asked under lock " + log.header().lockId() + ", and "
                                + request.folder().baseline()
                                + " approves no baseline of that lock; name the folder that does with --store"));
        Lock lock = LockFile.read(request.folder().approvedLock(lockId));
        Judging judging = new Judging(new Assignment(request, plan, workplace), lock, baseline);
        return judging.outcome(judging.scored(log), file, new RunFolder(to));
    }

    private Plan asked(Plan suites) {
        return Arrays.stream(Profile.values())
                .map(suites::with)
                .filter(plan -> plan.hash().equals(log.header().planHash()))
                .max(Comparator.comparing(plan -> plan.profile() == Profile.NIGHTLY))
                .orElseThrow(
                        () -> new LockstepException(
                                ErrorKind.CONFIG,
                                file
                                        + ": was asked by another plan; name the suites and the stack as they were when it was asked"));
    }
}
