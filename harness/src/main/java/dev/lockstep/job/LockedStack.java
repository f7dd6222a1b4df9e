package dev.lockstep.job;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.client.EndpointConfig;
import dev.lockstep.client.ModelClient;
import dev.lockstep.client.ModelClients;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.evidence.EvidenceProof;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.LockFile;
import dev.lockstep.lock.LockId;
import dev.lockstep.stack.Epochs;
import dev.lockstep.stack.LiveEndpoint;
import dev.lockstep.stack.Probes;
import dev.lockstep.stack.ResolvedStack;
import dev.lockstep.stack.RunningStack;
import dev.lockstep.stack.Verification;
import dev.lockstep.stack.Verifier;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** A stack that answers, verified once against its lock. */
public final class LockedStack implements AutoCloseable {
    private final RunRequest request;
    private final Workplace workplace;
    private final Lock lock;
    private final LiveEndpoint endpoint;
    private final Verification verification;
    private final String epoch;
    private boolean baselineRead;
    private Optional<Baseline> baseline = Optional.empty();

    private LockedStack(RunRequest request, Workplace workplace, Lock lock, LiveEndpoint endpoint) {
        this.request = request;
        this.workplace = workplace;
        this.lock = lock;
        this.endpoint = endpoint;
        this.epoch = currentEpoch();
        this.verification = verify();
        requireSameStart();
    }

    /**
     * Reads the lock, connects, and verifies layer by layer.
     *
     * @throws LockstepException of kind ENDPOINT when nothing answers, CONFIG when the lock file is missing or not canonical
     */
    public static LockedStack open(RunRequest request, Workplace workplace) {
        Lock lock = readLock(request.folder().lock());
        LiveEndpoint endpoint = connect(request, workplace);
        try {
            return new LockedStack(request, workplace, lock, endpoint);
        } catch (RuntimeException e) {
            endpoint.client().close();
            throw e;
        }
    }

    /** Connects to a stack without looking at its lock. */
    public static LiveEndpoint connect(RunRequest request, Workplace workplace) {
        Optional<RunningStack> running = running(request, workplace);
        URI url = request.url()
                .or(() -> running.map(RunningStack::url))
                .or(() -> request.stack().endpoint().url())
                .orElseThrow(() -> new LockstepException(
                        ErrorKind.ENDPOINT,
                        request.stack().file() + ": stack '" + request.serverName()
                                + "' is not up; start it with `lockstep stack up`, or name its address with --url"));
        EndpointConfig config = request.stack().endpoint().at(url);
        Optional<String> epoch = request.epoch().or(() -> running.map(LockedStack::start));
        return new LiveEndpoint(url, ModelClients.open(config, workplace.environment()), epoch, workplace.clock());
    }

    public RunRequest request() {
        return request;
    }

    public Workplace workplace() {
        return workplace;
    }

    public Lock lock() {
        return lock;
    }

    public LockId lockId() {
        return lock.id();
    }

    public Verification verification() {
        return verification;
    }

    /** Returns the layers that the stack has, and that neither files nor process prove to be the locked ones. */
    public Set<Layer> unverified() {
        Set<Layer> unverified = EnumSet.noneOf(Layer.class);
        lock.layers().forEach((layer, state) -> {
            if (state.applicable() && !verification.isProven(layer)) {
                unverified.add(layer);
            }
        });
        return unverified;
    }

    /** Returns the approved baseline of this lock, its runs of this stack's stratum, read once. */
    public synchronized Optional<Baseline> baseline() {
        if (!baselineRead) {
            baseline = workplace
                    .baselines(request.folder())
                    .approved(lock.id())
                    .flatMap(all -> all.within(verification.stratum()));
            baselineRead = true;
        }
        return baseline;
    }

    public ModelClient client() {
        return endpoint.client();
    }

    public LiveEndpoint endpoint() {
        return endpoint;
    }

    /** Returns the start of the server when this object was opened. */
    public String epoch() {
        return epoch;
    }

    /** Returns the start of the server that answers now. */
    public String currentEpoch() {
        return Epochs.current(request.stack(), endpoint);
    }

    @Override
    public void close() {
        endpoint.client().close();
    }

    private void requireSameStart() {
        String now = currentEpoch();
        if (!now.equals(epoch)) {
            throw new LockstepException(
                    ErrorKind.ENDPOINT,
                    "the server was restarted while it was verified (epoch " + epoch + ", then " + now
                            + "); start the same command again");
        }
    }

    private Verification verify() {
        Path file = request.folder().probes(lock.id());
        Optional<Probes> probes = Files.exists(file) ? Optional.of(Probes.read(file)) : Optional.empty();
        ResolvedStack.Kept kept = ResolvedStack.Kept.in(request.folder().path(), lock);
        Verification seen = Verifier.verify(kept, request.stack(), endpoint, probes);
        return EvidenceProof.complete(seen, lock, request.stack(), endpoint);
    }

    private static String start(RunningStack running) {
        return running.pid() + ":" + running.startTime();
    }

    /** Reads a lock file. @throws LockstepException of kind CONFIG, with the remedy, when there is none */
    public static Lock readLock(Path file) {
        if (!Files.exists(file)) {
            throw new LockstepException(
                    ErrorKind.CONFIG, file + ": there is no lock; make one with `lockstep lock` while the stack is up");
        }
        return LockFile.read(file);
    }

    /** Returns the managed stack that is asked; empty for one that Lockstep did not start. */
    static Optional<RunningStack> running(RunRequest request, Workplace workplace) {
        if (!request.isManaged()) {
            return Optional.empty();
        }
        return workplace.stacks().find(request.serverName());
    }
}
