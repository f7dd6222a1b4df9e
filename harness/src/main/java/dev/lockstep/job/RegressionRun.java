package dev.lockstep.job;

import dev.lockstep.baseline.BaselineRun;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.gate.Repeats;
import dev.lockstep.gate.Trend;
import dev.lockstep.gate.Verdict;
import dev.lockstep.lock.CheckJson;
import dev.lockstep.lock.Layer;
import dev.lockstep.run.Plan;
import dev.lockstep.run.RunEnd;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import dev.lockstep.stack.Verification;
import java.nio.file.Path;
import java.util.ArrayList;
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
            Optional<Verdict> obstacle = obstacle(stack);
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
        String lockId = LockedStack.readLock(request.folder().lock()).id().value();
        RunFolder folder = RunFolders.of(request, workplace).create();
        return RunOutcome.unasked(
                RunResults.unreachable(new Assignment(request, plan, workplace), lockId, error.getMessage()),
                folder,
                plan);
    }

    /** Returns why nothing needs to be asked: the lock is broken, it has no baseline, or it cannot be verified. */
    public static Optional<Verdict> obstacle(LockedStack stack) {
        Verification verification = stack.verification();
        List<Layer> broken = verification.broken();
        if (!broken.isEmpty()) {
            return Optional.of(new Verdict.LockBroken(broken, brokenBy(verification, broken)));
        }
        if (stack.baseline().isEmpty()) {
            return Optional.of(noBaseline(stack));
        }
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
        List<String> trouble = trouble(stack);
        ScoredLog scored = mayRestart && trouble.isEmpty() ? confirmations.elsewhere(here) : here;
        RunEnd end = new RunEnd(
                PlaceJson.write(RunPlace.of(assignment)),
                CheckJson.write(stack.verification().checks()),
                stack.unverified().stream().map(Layer::key).toList(),
                trouble,
                TrendFile.json(before(stack, session)));
        session.end(end);
        RunOutcome outcome =
                judging.outcome(scored.withEnd(end), session.folder().log(), session.folder());
        if (!(outcome.result().verdict() instanceof Verdict.Invalid)) {
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

    private static List<String> trouble(LockedStack stack) {
        try {
            String now = stack.currentEpoch();
            return now.equals(stack.epoch())
                    ? List.of()
                    : List.of("the server was restarted in the middle of the run (epoch " + stack.epoch() + ", then "
                            + now + "); start the same command again");
        } catch (LockstepException e) {
            return List.of("the server no longer answers: " + e.getMessage());
        }
    }

    private static List<String> brokenBy(Verification verification, List<Layer> broken) {
        List<String> reasons = new ArrayList<>();
        reasons.add("the stack that answers is not the locked one: " + names(broken) + " moved");
        broken.forEach(layer -> reasons.add(new BrokenLayer(verification.breaking(layer)).sentence()));
        return reasons;
    }

    private static Verdict noBaseline(LockedStack stack) {
        return new Verdict.NoBaseline(
                List.of(
                        "nobody approved a baseline for lock " + stack.lockId().brief() + stratum(stack)
                                + "; nothing was asked. Record one with `lockstep baseline record`, look at it, then `lockstep baseline approve`"));
    }

    private static String stratum(LockedStack stack) {
        String stratum = stack.verification().stratum();
        return stratum.isEmpty() ? "" : " where " + stratum;
    }

    private static String names(List<Layer> layers) {
        return layers.stream().map(Layer::key).collect(Collectors.joining(", "));
    }
}
