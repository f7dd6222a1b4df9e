package dev.lockstep.junit;

import dev.lockstep.gate.Verdict;
import dev.lockstep.job.LockedStack;
import dev.lockstep.job.RegressionRun;
import dev.lockstep.job.RunRequest;
import dev.lockstep.job.Workplace;
import java.util.Optional;
import org.junit.platform.engine.support.store.Namespace;
import org.junit.platform.engine.support.store.NamespacedHierarchicalStore;

/** The stack of one execution: opened and verified once, when the first case needs it, for all suites that share its settings. */
final class SharedStack implements AutoCloseable {
    private static final Namespace NAMESPACE = Namespace.create(SharedStack.class);

    private final Workplace workplace;
    private final Once<RunRequest> request;
    private final Once<Opened> opened;

    private SharedStack(Settings settings) {
        this.workplace = settings.workplace();
        this.request = new Once<>(settings::request);
        this.opened = new Once<>(this::openAndVerify);
    }

    /** A stack that answers, and why it is not worth asking, if it is not. */
    record Opened(LockedStack stack, Optional<Verdict> obstacle) {}

    /** Returns the stack that belongs to the settings; JUnit closes it when everything ran, marker classes of other suites too. */
    static SharedStack of(Settings settings, NamespacedHierarchicalStore<Namespace> store) {
        synchronized (store) {
            SharedStack known = store.get(NAMESPACE, settings, SharedStack.class);
            if (known != null) {
                return known;
            }
            SharedStack made = new SharedStack(settings);
            store.put(NAMESPACE, settings, made);
            return made;
        }
    }

    Workplace workplace() {
        return workplace;
    }

    RunRequest request() {
        return request.get();
    }

    Opened open() {
        return opened.get();
    }

    private Opened openAndVerify() {
        LockedStack stack = LockedStack.open(request(), workplace);
        return new Opened(stack, RegressionRun.obstacle(stack));
    }

    @Override
    public void close() {
        opened.ifMade().ifPresent(made -> made.stack().close());
    }
}
