package dev.lockstep.junit;

import dev.lockstep.document.Position;
import dev.lockstep.suite.Suite;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;

/** The cases of a suite, which run side by side; the endpoint's client limits how many are asked at once. */
final class CasesDescriptor extends AbstractTestDescriptor implements EvalNode {

    private CasesDescriptor(TestDescriptor parent, Suite suite) {
        super(NodeIds.cases(parent.getUniqueId()), "cases", SuiteIssues.source(new Position(suite.file(), 1, 1)));
    }

    static CasesDescriptor below(TestDescriptor parent, Suite suite) {
        return new CasesDescriptor(parent, suite);
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
    public ExecutionMode getExecutionMode() {
        return ExecutionMode.SAME_THREAD;
    }
}
