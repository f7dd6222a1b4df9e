package dev.lockstep.job;

import dev.lockstep.baseline.BaselineStore;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.lock.Layer;
import dev.lockstep.run.Plan;
import dev.lockstep.run.RunLog;
import dev.lockstep.run.Sample;
import dev.lockstep.stack.Epochs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Records runs under a lock, each on a server start of its own, as candidates for a baseline. */
public final class BaselineRecording {
    private final RunRequest request;
    private final Workplace workplace;

    public BaselineRecording(RunRequest request, Workplace workplace) {
        this.request = request;
        this.workplace = workplace;
    }

    /**
     * Records runs one after the other.
     *
     * <p>A managed stack is restarted before each run. Any other stack is never restarted: it takes one run for each of its
     * starts, so record once, restart it, record again.
     *
     * @param runs how many, at least 1
     * @param progress makes, for the plan of each run, what takes its samples as they end; of a resumed run first those that
     *     were there
     * @return the ids of the recorded runs
     * @throws LockstepException when the stack is not proven to be the locked one, when a run is not complete, or when its
     *     server was restarted in the middle
     */
    public List<String> record(Supplier<Plan> plan, int runs, Function<Plan, Consumer<Sample>> progress) {
        boolean managed = request.isManaged();
        if (!managed && runs > 1) {
            throw new LockstepException(
                    ErrorKind.CONFIG,
                    "Lockstep did not start this stack and never restarts it, so it can record one run for each start, not "
                            + runs + "; use --runs 1, restart the server, and record again");
        }
        List<String> recorded = new ArrayList<>();
        for (int run = 1; run <= runs; run++) {
            if (managed) {
                request.restart(workplace);
            }
            Plan next = plan.get();
            recorded.add(recordOne(next, run + " of " + runs, progress.apply(next)));
        }
        return recorded;
    }

    private String recordOne(Plan plan, String number, Consumer<Sample> progress) {
        try (LockedStack stack = LockedStack.open(request, workplace)) {
            requireLocked(stack);
            requireAllAnswer(stack);
            requireVerified(stack, plan);
            BaselineStore store = workplace.baselines(request.folder());
            requireNewEpoch(store, stack);
            try (RunSession session = RunSession.open(stack, plan)) {
                workplace.say(
                        "recording run " + number + ": " + session.folder().runId());
                session.askAll(progress);
                keep(session, stack, store);
                return session.folder().runId();
            }
        }
    }

    private static void keep(RunSession session, LockedStack stack, BaselineStore store) {
        RunLog log = session.controlled();
        new RecordableRun(log, session.plan(), stack).require();
        store.record(
                log,
                session.folder().log(),
                new Scoring(session.plan().cases()).score(log).table());
        session.finish();
    }

    private static void requireLocked(LockedStack stack) {
        if (!stack.verification().broken().isEmpty()) {
            throw new LockstepException(
                    ErrorKind.BASELINE,
                    RegressionRun.obstacle(stack).orElseThrow().reasons().getFirst()
                            + "; make a new lock with `lockstep lock` when this is what you want");
        }
    }

    private static void requireAllAnswer(LockedStack stack) {
        List<String> silences = stack.replicas().silences();
        if (!silences.isEmpty()) {
            throw new LockstepException(ErrorKind.ENDPOINT, String.join("\n", silences));
        }
    }

    private void requireVerified(LockedStack stack, Plan plan) {
        List<Layer> unproven = stack.verification().belowFloor();
        if (!unproven.isEmpty()) {
            throw new LockstepException(
                    ErrorKind.CONFIG,
                    request.stack().file()
                            + ": these layers must be verified before a run is recorded, and could not be: "
                            + BrokenLock.names(unproven)
                            + "; record where Lockstep can read them, or lower its `floor`");
        }
        List<String> gaps = stack.verification().gaps();
        if (!gaps.isEmpty()) {
            throw new LockstepException(ErrorKind.CONFIG, String.join("\n", gaps) + "\nnothing was recorded");
        }
        new SuiteFloors(plan).unmet(stack).ifPresent(verdict -> {
            throw new LockstepException(ErrorKind.CONFIG, String.join("\n", verdict.reasons()));
        });
    }

    private static void requireNewEpoch(BaselineStore store, LockedStack stack) {
        if (stack.epoch().equals(Epochs.UNKNOWN)) {
            throw new LockstepException(
                    ErrorKind.CONFIG,
                    "nothing tells one start of this server from the next, and noise is shared inside a start; name this start"
                            + " with --epoch, restart the server, and record again under another name");
        }
        Set<String> starts = Starts.single(stack.epoch());
        boolean known = store.manifests(stack.lockId()).stream()
                .map(manifest -> Starts.single(manifest.header().epoch()))
                .anyMatch(recorded -> !Collections.disjoint(recorded, starts));
        if (known) {
            throw new LockstepException(
                    ErrorKind.BASELINE,
                    "a run of this server start (epoch " + stack.epoch()
                            + ") is recorded already; noise is shared inside a start, so restart the server and record again");
        }
    }
}
