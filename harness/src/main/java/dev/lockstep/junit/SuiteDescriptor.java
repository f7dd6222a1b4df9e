package dev.lockstep.junit;

import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.document.Position;
import dev.lockstep.suite.EvalCase;
import dev.lockstep.suite.Suite;
import java.util.List;
import java.util.Set;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;

/** A suite: its cases, and the verdict over them. */
final class SuiteDescriptor extends AbstractTestDescriptor implements EvalNode {
    private final Suite suite;
    private boolean discoveredVerdict;

    private SuiteDescriptor(UniqueId id, Suite suite) {
        super(id, suite.id(), SuiteIssues.source(new Position(suite.file(), 1, 1)));
        this.suite = suite;
    }

    static SuiteDescriptor below(TestDescriptor engine, Suite suite) {
        return new SuiteDescriptor(NodeIds.suite(engine.getUniqueId(), suite.id()), suite);
    }

    /** Returns the cases that are still selected. */
    List<EvalCase> cases() {
        return getChildren().stream()
                .flatMap(child -> child.getChildren().stream())
                .map(CaseDescriptor.class::cast)
                .map(CaseDescriptor::evalCase)
                .toList();
    }

    void removeVerdict() {
        List.copyOf(getChildren()).stream()
                .filter(VerdictDescriptor.class::isInstance)
                .forEach(TestDescriptor::removeFromHierarchy);
    }

    @Override
    public int order() {
        return 0;
    }

    @Override
    public Type getType() {
        return Type.CONTAINER;
    }

    @Override
    public Set<TestTag> getTags() {
        return TagSet.of(suite.tags());
    }

    @Override
    public void addChild(TestDescriptor child) {
        super.addChild(child);
        discoveredVerdict |= child instanceof VerdictDescriptor;
    }

    @Override
    public ExecutionMode getExecutionMode() {
        return ExecutionMode.CONCURRENT;
    }

    @Override
    public EvalContext prepare(EvalContext context) {
        List<EvalCase> selected = cases();
        Suite asked = selected.isEmpty() ? suite : suite.withCases(selected);
        return context.with(new SuiteRun(context.stack(), asked, suite.cases().size()));
    }

    /** Refuses to ask cases whose verdict was filtered away: nothing would judge them, and all would be green. */
    @Override
    public EvalContext before(EvalContext context) {
        boolean judges = getChildren().stream().anyMatch(VerdictDescriptor.class::isInstance);
        if (discoveredVerdict && !judges) {
            throw new LockstepException(
                    ErrorKind.CONFIG,
                    suite.file() + ": a filter took the verdict of suite '" + suite.id() + "' and left "
                            + cases().size()
                            + " of its cases, which nothing would judge; select cases by tags that each of them has");
        }
        return context;
    }

    @Override
    public void cleanUp(EvalContext context) {
        context.run().close();
    }
}
