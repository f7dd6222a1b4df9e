package dev.lockstep.junit;

import dev.lockstep.document.LockstepException;
import dev.lockstep.gate.Verdict;
import dev.lockstep.suite.EvalCase;
import dev.lockstep.suite.Suite;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;

/** A case: it asks, and records what is answered. */
final class CaseDescriptor extends AbstractTestDescriptor implements EvalNode {
    private final Suite suite;
    private final EvalCase evalCase;
    private final int order;

    private CaseDescriptor(TestDescriptor parent, Suite suite, EvalCase evalCase) {
        super(
                NodeIds.evalCase(parent.getUniqueId(), evalCase.id()),
                evalCase.id(),
                SuiteIssues.source(evalCase.position()));
        this.suite = suite;
        this.evalCase = evalCase;
        this.order = suite.cases().indexOf(evalCase);
    }

    static CaseDescriptor below(TestDescriptor parent, Suite suite, EvalCase evalCase) {
        return new CaseDescriptor(parent, suite, evalCase);
    }

    EvalCase evalCase() {
        return evalCase;
    }

    @Override
    public int order() {
        return order;
    }

    @Override
    public Type getType() {
        return Type.TEST;
    }

    @Override
    public String getLegacyReportingName() {
        return suite.id() + " › " + evalCase.id();
    }

    @Override
    public Set<TestTag> getTags() {
        Set<TestTag> tags = new LinkedHashSet<>(TagSet.of(evalCase.tags()));
        tags.addAll(TagSet.of(suite.tags()));
        return tags;
    }

    @Override
    public ExecutionMode getExecutionMode() {
        return ExecutionMode.CONCURRENT;
    }

    /** The last case takes the verdict with it: there is nothing left to judge. */
    @Override
    public void removeFromHierarchy() {
        Optional<TestDescriptor> cases = getParent();
        super.removeFromHierarchy();
        cases.filter(left -> left.getChildren().isEmpty())
                .flatMap(TestDescriptor::getParent)
                .map(SuiteDescriptor.class::cast)
                .ifPresent(SuiteDescriptor::removeVerdict);
    }

    @Override
    public EvalContext execute(EvalContext context, DynamicTestExecutor dynamic) throws InterruptedException {
        Failures failures = new Failures(suite.id(), evalCase.id(), evalCase.position());
        try {
            record(context, failures);
        } catch (LockstepException e) {
            throw failures.error(e);
        }
        return context;
    }

    private void record(EvalContext context, Failures failures) throws InterruptedException {
        Optional<Verdict> obstacle = context.run().obstacle();
        if (obstacle.isPresent()) {
            throw failures.failure(obstacle.get());
        }
        AskedCase asked = context.run().ask(evalCase);
        asked.entries().forEach(entry -> context.listener().reportingEntryPublished(this, entry));
        asked.requireAnswers();
    }
}
