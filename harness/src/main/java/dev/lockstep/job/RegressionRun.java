package dev.lockstep.job;

import dev.lockstep.baseline.BaselineRun;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.gate.Repeats;
import dev.lockstep.gate.Trend;
import dev.lockstep.gate.Verdict;
import dev.lockstep.lock.CheckJson;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Lock;
import dev.lockstep.run.Plan;
import dev.lockstep.run.RunEnd;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import dev.lockstep.stack.ReplicaSetJson;
import dev.lockstep.stack.Verification;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The judgement of a run: from the verified stack, the approved baseline and the run log to a verdict. */
public final class RegressionRun {
    private RegressionRun() {}

    /**
     * Verifies, asks the whole plan and judges it.
     *
     * @param progress takes each sample as it ends, from many threads; of a resumed run first those that were there
     */
    public static RunOutcome execute(RunRequest request, Plan plan, Workplace workplace, Consumer<Sample> progress) {
        try (LockedStack stack = LockedStack.open(request, workplace)) {
            Optional<Verdict> obstacle = obstacle(stack, plan);
            if (obstacle.isPresent()) {
                return unasked(stack, plan, obstacle.get());
            }
            try (RunSession session = RunSession.open(stack, plan)) {
                session.askAll(progress);
                return judge(stack, session, request.isManaged());
            }
        } catch (LockstepException e) {
            return unreachable(request, plan, workplace, e);
        }
    }

    /** Returns the outcome of a run that was not worth asking. */
    public static RunOutcome unasked(LockedStack stack, Plan plan, Verdict obstacle) {
        RunFolder folder = RunFolders.of(stack.request(), stack.workplace()).create();
        return RunOutcome.unasked(RunResults.of(stack, plan, obstacle), folder, plan);
    }

    /**
     * Returns the outcome of a run that got no answer at all.
     *
     * @throws LockstepException the error itself, unless it is of kind ENDPOINT or TIMEOUT
     */
    public static RunOutcome unreachable(RunRequest request, Plan plan, Workplace workplace, LockstepException error) {
        if (error.kind() != ErrorKind.ENDPOINT && error.kind() != ErrorKind.TIMEOUT) {
            throw error;
        }
        Lock lock = LockedStack.readLock(request.folder().lock());
        RunFolder folder = RunFolders.of(request, workplace).create();
        return RunOutcome.unasked(
                RunResults.unreachable(new Assignment(request, plan, workplace), lock, error.getMessage()),
                folder,
                plan);
    }

    /** Returns why nothing of a plan needs to be asked: as for the stack alone, or a suite requires more proof than there is. */
    public static Optional<Verdict> obstacle(LockedStack stack, Plan plan) {
        return obstacle(stack).or(() -> new SuiteFloors(plan).unmet(stack));
    }

    /**
     * Returns why nothing needs to be asked: the lock is broken, a replica does not answer, the lock has no baseline, or it cannot
     * be verified.
     */
    public static Optional<Verdict> obstacle(LockedStack stack) {
        return new BrokenLock(stack.verification(), Optional.of(stack.replicas()))
                .before()
                .or(() -> silent(stack))
                .or(() -> noBaseline(stack))
                .or(() -> unproven(stack.verification()));
    }

    private static Optional<Verdict> silent(LockedStack stack) {
        List<String> silences = stack.replicas().silences();
        return silences.isEmpty() ? Optional.empty() : Optional.of(new Verdict.Invalid(silences));
    }

    private static Optional<Verdict> unproven(Verification verification) {
        List<String> gaps = verification.gaps();
        return gaps.isEmpty() ? Optional.empty() : Optional.of(new Verdict.Inconclusive(gaps));
    }

    /** Judges a session whose samples were asked; what differs is asked again first, of the same server start. */
    public static RunOutcome judge(LockedStack stack, RunSession session) {
        return judge(stack, session, false);
    }

    private static RunOutcome judge(LockedStack stack, RunSession session, boolean mayRestart) {
        Assignment assignment = new Assignment(stack.request(), session.plan(), stack.workplace());
        Judging judging = new Judging(assignment, stack.lock(), stack.baseline().orElseThrow());
        Confirmations confirmations = new Confirmations(stack, session, judging);
        ScoredLog here = confirmations.here(repeated(stack, session, judging));
        StackAtEnd now = StackAtEnd.of(stack);
        ScoredLog told = now.isSound() ? confirmations.onOtherReplicas(here) : here;
        ScoredLog scored = mayRestart && now.isSound() ? confirmations.elsewhere(told) : told;
        RunEnd end = new RunEnd(
                PlaceJson.write(RunPlace.of(assignment)),
                CheckJson.write(now.checks()),
                stack.unverified().stream().map(Layer::key).toList(),
                now.trouble(),
                TrendFile.json(before(stack, session)),
                ReplicaSetJson.write(now.replicas()));
        session.end(end);
        RunOutcome outcome =
                judging.outcome(scored.withEnd(end), session.folder().log(), session.folder());
        Verdict verdict = outcome.result().verdict();
        if (!(verdict instanceof Verdict.Invalid) && !(verdict instanceof Verdict.LockBroken)) {
            TrendFile.write(
                    session.folder(),
                    baselineId(stack),
                    outcome.result().diagnosis().trends());
        }
        return outcome;
    }

    private static List<Trend> before(LockedStack stack, RunSession session) {
        Path runs = stack.workplace().runs(stack.request().stack().name());
        return TrendFile.before(runs, session.folder().runId(), baselineId(stack));
    }

    /** Evidence against another baseline is evidence of something else. */
    private static String baselineId(LockedStack stack) {
        return stack.baseline().orElseThrow().runs().stream()
                .map(BaselineRun::runId)
                .collect(Collectors.joining(" "));
    }

    private static ScoredLog repeated(LockedStack stack, RunSession session, Judging judging) {
        ScoredLog scored = judging.scored(session.controlled());
        List<SampleKey> next = judging.toRepeat(scored);
        while (!next.isEmpty()) {
            stack.workplace()
                    .say("answers differ from the baseline's; asking "
                            + (next.size() == 1 ? "1 prompt" : next.size() + " prompts") + " again, " + Repeats.TIMES
                            + " times each");
            List<Sample> answers = session.repeat(next, Repeats.TIMES);
            scored = scored.withRepeats(answers);
            next = answers.isEmpty() ? List.of() : judging.toRepeat(scored);
        }
        return scored;
    }

    private static Optional<Verdict> noBaseline(LockedStack stack) {
        return stack.baseline().isPresent()
                ? Optional.empty()
                : Optional.of(
                        new Verdict.NoBaseline(
                                List.of(
                                        "nobody approved a baseline for lock "
                                                + stack.lockId().brief() + stratum(stack)
                                                + "; nothing was asked. Record one with `lockstep baseline record`, look at it, then `lockstep baseline approve`")));
    }

    private static String stratum(LockedStack stack) {
        String stratum = stack.verification().stratum();
        return stratum.isEmpty() ? "" : " where " + stratum;
    }
}
