package dev.lockstep.junit;

import dev.lockstep.baseline.BaselineRun;
import dev.lockstep.document.LockstepException;
import dev.lockstep.gate.Verdict;
import dev.lockstep.job.LockedStack;
import dev.lockstep.job.Plans;
import dev.lockstep.job.RegressionRun;
import dev.lockstep.job.RunOutcome;
import dev.lockstep.job.RunSession;
import dev.lockstep.job.Scoring;
import dev.lockstep.run.Plan;
import dev.lockstep.suite.EvalCase;
import dev.lockstep.suite.Suite;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** The run of one suite: its cases ask one after the other or side by side, then its verdict judges. */
final class SuiteRun implements AutoCloseable {
    private final SharedStack shared;
    private final Suite asked;
    private final int casesOfSuite;
    private final Once<Asking> asking = new Once<>(this::start);
    private final Once<Optional<Verdict>> obstacle = new Once<>(this::findObstacle);

    /**
     * A run that nobody asked for yet.
     *
     * @param asked the suite with its selected cases only
     * @param casesOfSuite how many cases the whole suite has
     */
    SuiteRun(SharedStack shared, Suite asked, int casesOfSuite) {
        this.shared = shared;
        this.asked = asked;
        this.casesOfSuite = casesOfSuite;
    }

    /**
     * A run that asks.
     *
     * @param places as many as the endpoint takes questions at once: who waits here notices when it is given up
     */
    private record Asking(RunSession session, Scoring scoring, BaselineRun then, Semaphore places) {}

    /** Returns which of the suite's cases the verdict is about. */
    String scope() {
        int cases = asked.cases().size();
        return cases == casesOfSuite
                ? "all " + cases + " cases of " + asked.id()
                : cases + " of " + casesOfSuite + " cases of " + asked.id() + ", the others were not selected";
    }

    /** Returns why nothing is asked. @throws LockstepException when the stack cannot be opened */
    Optional<Verdict> obstacle() {
        return obstacle.get();
    }

    private Optional<Verdict> findObstacle() {
        SharedStack.Opened opened = shared.open();
        return opened.obstacle().or(() -> RegressionRun.obstacle(opened.stack(), plan()));
    }

    AskedCase ask(EvalCase evalCase) throws InterruptedException {
        Asking run = asking.get();
        run.places().acquire();
        try {
            return new AskedCase(
                    evalCase,
                    run.session().ask(evalCase).stream()
                            .map(run.scoring()::score)
                            .toList(),
                    run.then());
        } finally {
            run.places().release();
        }
    }

    /** Asks what no case asked, and judges. */
    RunOutcome judge() {
        Plan plan = plan();
        SharedStack.Opened opened;
        try {
            opened = shared.open();
        } catch (LockstepException e) {
            return RegressionRun.unreachable(shared.request(), plan, shared.workplace(), e);
        }
        Optional<Verdict> unworthy = obstacle();
        if (unworthy.isPresent()) {
            return RegressionRun.unasked(opened.stack(), plan, unworthy.get());
        }
        RunSession session = asking.get().session();
        session.askAll(sample -> {});
        return RegressionRun.judge(opened.stack(), session);
    }

    private Asking start() {
        LockedStack stack = shared.open().stack();
        RunSession session = RunSession.open(stack, plan());
        return new Asking(
                session,
                new Scoring(asked.cases()),
                stack.baseline().orElseThrow().first(),
                new Semaphore(stack.request().concurrency(), true));
    }

    private Plan plan() {
        return Plans.of(shared.request().stack(), List.of(asked));
    }

    @Override
    public void close() {
        asking.ifMade().ifPresent(run -> run.session().close());
    }
}
