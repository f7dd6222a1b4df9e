package dev.lockstep.junit;

import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.EngineDescriptor;
import org.junit.platform.engine.support.hierarchical.HierarchicalTestEngine;
import org.junit.platform.engine.support.hierarchical.HierarchicalTestExecutorService;

/**
 * Runs prompt suites as JUnit tests: every case is a test, and so is the verdict over a suite's cases.
 *
 * <p>A case records what the stack answers and fails by itself only when nothing answers. Statistics need all cases, so it is
 * the verdict that compares with the baseline.
 */
public final class LockstepTestEngine extends HierarchicalTestEngine<EvalContext> {
    static final String ID = "lockstep";

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public TestDescriptor discover(EngineDiscoveryRequest request, UniqueId uniqueId) {
        EngineDescriptor engine = new EngineDescriptor(uniqueId, "Lockstep");
        Discovery.run(request, engine);
        return engine;
    }

    @Override
    protected HierarchicalTestExecutorService createExecutorService(ExecutionRequest request) {
        return new VirtualThreads();
    }

    @Override
    protected EvalContext createExecutionContext(ExecutionRequest request) {
        return EvalContext.of(request);
    }
}
