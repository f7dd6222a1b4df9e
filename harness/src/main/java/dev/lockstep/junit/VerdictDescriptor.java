package dev.lockstep.junit;

import dev.lockstep.document.LockstepException;
import dev.lockstep.document.Position;
import dev.lockstep.gate.Verdict;
import dev.lockstep.job.RunOutcome;
import dev.lockstep.report.Reports;
import dev.lockstep.suite.EvalCase;
import dev.lockstep.suite.Suite;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;

/**
 * The verdict over a suite's cases, a test of its own that runs after the last of them.
 *
 * <p>It judges the cases that are selected, and says how many of the suite's those are. Selected alone, it asks the whole suite.
 */
final class VerdictDescriptor extends AbstractTestDescriptor implements EvalNode {
    private static final String NAME = "verdict";

    private final Suite suite;

    private VerdictDescriptor(TestDescriptor parent, Suite suite) {
        super(NodeIds.verdict(parent.getUniqueId()), NAME, SuiteIssues.source(place(suite)));
        this.suite = suite;
    }

    static VerdictDescriptor below(TestDescriptor parent, Suite suite) {
        return new VerdictDescriptor(parent, suite);
    }

    @Override
    public int order() {
        return 1;
    }

    @Override
    public Type getType() {
        return Type.TEST;
    }

    @Override
    public String getLegacyReportingName() {
        return suite.id() + " › " + NAME;
    }

    /**
     * Returns the tags of the cases beside it that are still selected; of all the suite's when none is beside it.
     *
     * <p>JUnit filters cases first, because they come first; so a filter that leaves cases leaves their verdict, too.
     */
    @Override
    public Set<TestTag> getTags() {
        List<EvalCase> beside = getParent()
                .map(SuiteDescriptor.class::cast)
                .map(SuiteDescriptor::cases)
                .orElse(List.of());
        Set<TestTag> tags = new LinkedHashSet<>(TagSet.of(suite.tags()));
        (beside.isEmpty() ? suite.cases() : beside).forEach(evalCase -> tags.addAll(TagSet.of(evalCase.tags())));
        return tags;
    }

    @Override
    public ExecutionMode getExecutionMode() {
        return ExecutionMode.SAME_THREAD;
    }

    @Override
    public EvalContext execute(EvalContext context, DynamicTestExecutor dynamic) {
        Failures failures = new Failures(suite.id(), NAME, place(suite));
        RunOutcome outcome = judge(context, failures);
        Verdict verdict = outcome.result().verdict();
        switch (verdict) {
            case Verdict.Pass pass -> {}
            case Verdict.Invalid invalid -> throw failures.error(invalid);
            case Verdict.Drift drift -> throw failures.failure(drift);
            case Verdict.LockBroken broken -> throw failures.failure(broken);
            case Verdict.Inconclusive inconclusive -> throw failures.failure(inconclusive);
            case Verdict.NoBaseline none -> throw failures.failure(none);
        }
        return context;
    }

    private RunOutcome judge(EvalContext context, Failures failures) {
        try {
            RunOutcome outcome = context.run().judge();
            Reports.write(outcome);
            new VerdictReport(outcome, context.run().scope()).publish(this, context);
            return outcome;
        } catch (LockstepException e) {
            throw failures.error(e);
        }
    }

    private static Position place(Suite suite) {
        return new Position(suite.file(), 1, 1);
    }
}
