package dev.lockstep.junit;

import java.util.Optional;
import org.junit.platform.engine.EngineExecutionListener;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.OutputDirectoryCreator;
import org.junit.platform.engine.support.hierarchical.EngineExecutionContext;

/**
 * What nodes need while they run.
 *
 * @param suiteRun the run of the suite that a node belongs to; empty above suites
 */
record EvalContext(
        SharedStack stack,
        EngineExecutionListener listener,
        OutputDirectoryCreator outputs,
        Optional<SuiteRun> suiteRun)
        implements EngineExecutionContext {

    static EvalContext of(ExecutionRequest request) {
        return new EvalContext(
                SharedStack.of(Settings.of(request.getConfigurationParameters()), request.getStore()),
                request.getEngineExecutionListener(),
                request.getOutputDirectoryCreator(),
                Optional.empty());
    }

    EvalContext with(SuiteRun run) {
        return new EvalContext(stack, listener, outputs, Optional.of(run));
    }

    SuiteRun run() {
        return suiteRun.orElseThrow();
    }
}
