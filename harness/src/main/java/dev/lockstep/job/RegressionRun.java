package dev.lockstep.job;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.gate.Gate;
import dev.lockstep.gate.Repeats;
import dev.lockstep.gate.Tonight;
import dev.lockstep.gate.Verdict;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.Layer;
import dev.lockstep.run.Plan;
import dev.lockstep.run.RunLog;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import dev.lockstep.stack.Verification;
import dev.lockstep.suite.Suite;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The judgement of a run: from the verified stack, the approved baseline and the run log to a verdict. */
public final class RegressionRun {
    private static final int MOST_REPEATED = 10;

    private RegressionRun() {}

    /**
     * Verifies, asks the whole plan and judges it.
     *
     * @param progress takes each sample as it ends, from many threads
     */
    public static RunOutcome execute(RunRequest request, Plan plan, Workplace workplace, Consumer<Sample> progress) {
        try (LockedStack stack = LockedStack.open(request, workplace)) {
            Optional<Verdict> obstacle = obstacle(stack);
            if (obstacle.isPresent()) {
                return unasked(stack, plan, obstacle.get());
            }
            try (RunSession session = RunSession.open(stack, plan)) {
                session.askAll(progress);
                return judge(stack, session);
            }
        } catch (LockstepException e) {
            return unreachable(request, plan, workplace, e);
        }
    }

    /** Returns the outcome of a run that was not worth asking. */
    public static RunOutcome unasked(LockedStack stack, Plan plan, Verdict obstacle) {
        RunFolder folder = folders(stack.request(), stack.workplace()).create();
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
        RunFolder folder = folders(request, workplace).create();
        return RunOutcome.unasked(RunResults.unreachable(request, lockId, plan, error.getMessage()), folder, plan);
    }

    private static RunFolders folders(RunRequest request, Workplace workplace) {
        return new RunFolders(workplace.runs(request.stack().name()), workplace.clock());
    }

    /** Returns why nothing needs to be asked: the lock is broken, it cannot be verified, or it has no baseline. */
    public static Optional<Verdict> obstacle(LockedStack stack) {
        Verification verification = stack.verification();
        List<Layer> broken = verification.broken();
        if (!broken.isEmpty()) {
            return Optional.of(new Verdict.LockBroken(broken, brokenBy(verification, broken)));
        }
        if (!verification.belowFloor().isEmpty()) {
            return Optional.of(new Verdict.Inconclusive(List.of("these layers must be verified and could not be: "
                    + names(verification.belowFloor())
                    + "; run Lockstep where they can be read, or lower `floor` in stack.yaml")));
        }
        return RunSession.baseline(stack).isPresent() ? Optional.empty() : Optional.of(noBaseline(stack));
    }

    /** Judges a session whose samples were asked; prompts that differ are asked again first. */
    public static RunOutcome judge(LockedStack stack, RunSession session) {
        Baseline baseline = session.baseline().orElseThrow();
        Scoring scoring = new Scoring(session.plan().cases());
        Gate gate = new Gate(stack.request().policy(), stack.unverified());
        repeat(stack, session, gate.toRepeat(baseline, tonight(session, scoring)));
        Tonight tonight = tonight(session, scoring);
        List<String> trouble = new ArrayList<>(trouble(stack));
        trouble.addAll(failedRepeats(tonight.log()));
        Gate.Judgement judgement =
                gate.judge(baseline, tonight, Repeats.of(tonight.log().repeats()), trouble);
        RunResult result = RunResults.of(stack, session, tonight, baseline, judgement);
        return RunOutcome.asked(result, session, tonight.log(), baseline);
    }

    private static void repeat(LockedStack stack, RunSession session, List<SampleKey> differing) {
        if (differing.isEmpty()) {
            return;
        }
        stack.workplace()
                .say(differing.size() + " fingerprints differ; asking " + Math.min(differing.size(), MOST_REPEATED)
                        + " of them again, " + Repeats.TIMES + " times each");
        session.repeat(differing.stream().limit(MOST_REPEATED).toList(), Repeats.TIMES);
    }

    private static Tonight tonight(RunSession session, Scoring scoring) {
        return tonight(session.plan(), session.log(), scoring);
    }

    private static Tonight tonight(Plan plan, RunLog log, Scoring scoring) {
        List<SampleKey> planned =
                plan.samples().stream().map(sample -> sample.key()).toList();
        return new Tonight(
                planned,
                plan.suites().stream()
                        .filter(suite -> suite.role() == Suite.Role.FINGERPRINT)
                        .map(Suite::id)
                        .collect(Collectors.toSet()),
                log,
                scoring.table(log));
    }

    private static List<String> failedRepeats(RunLog log) {
        long failed = log.repeats().stream()
                .filter(sample -> sample.outcome() == Sample.Outcome.FAILED)
                .count();
        return failed == 0
                ? List.of()
                : List.of(failed
                        + " samples that were asked again failed in the infrastructure; start the same command again");
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
        for (Layer layer : broken) {
            verification.checks().stream()
                    .filter(check -> check.layer() == layer && check.breaksLock())
                    .findFirst()
                    .map(RegressionRun::sentence)
                    .ifPresent(reasons::add);
        }
        return reasons;
    }

    private static String sentence(Check check) {
        return check.layer() + " " + check.field() + ": locked " + check.expected() + ", found " + check.actual() + " ("
                + check.step().name().toLowerCase(Locale.ROOT) + ")";
    }

    private static Verdict noBaseline(LockedStack stack) {
        return new Verdict.NoBaseline(
                List.of(
                        "nobody approved a baseline for lock " + stack.lockId().brief()
                                + "; nothing was asked. Record one with `lockstep baseline record`, look at it, then `lockstep baseline approve`"));
    }

    private static String names(List<Layer> layers) {
        return layers.stream().map(Layer::key).collect(Collectors.joining(", "));
    }
}
