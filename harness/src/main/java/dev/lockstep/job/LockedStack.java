package dev.lockstep.job;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.evidence.EvidenceProof;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.LockFile;
import dev.lockstep.lock.LockId;
import dev.lockstep.stack.LiveEndpoint;
import dev.lockstep.stack.Recorded;
import dev.lockstep.stack.ReplicaSet;
import dev.lockstep.stack.ReplicaVerification;
import dev.lockstep.stack.ReplicaVerifier;
import dev.lockstep.stack.ResolvedStack;
import dev.lockstep.stack.TieredReading;
import dev.lockstep.stack.Verification;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** A stack that answers, each of its servers verified once against its lock. */
public final class LockedStack implements AutoCloseable {
    private final RunRequest request;
    private final Workplace workplace;
    private final Lock lock;
    private final Connections connections;
    private final Starts starts;
    private final TieredReading reading;
    private final ReplicaVerifier verifier;
    private final ReplicaVerification verified;
    private boolean baselineRead;
    private Optional<Baseline> baseline = Optional.empty();

    private LockedStack(RunRequest request, Workplace workplace, Lock lock, Connections connections) {
        this.request = request;
        this.workplace = workplace;
        this.lock = lock;
        this.connections = connections;
        this.starts = currentStarts();
        ResolvedStack.Kept locked = ResolvedStack.Kept.in(request.folder().path(), lock);
        this.reading = TieredReading.of(locked, request.tier(), workplace.hashing());
        this.verifier = new ReplicaVerifier(locked, request.stack(), reading, recorded(), this::complete);
        this.verified = verifier.verify(connections.known(), connections.replicas());
        requireSameStarts();
    }

    /**
     * Reads the lock, connects, and verifies layer by layer.
     *
     * @throws LockstepException of kind ENDPOINT when nothing answers, CONFIG when the lock file is missing or not canonical
     */
    public static LockedStack open(RunRequest request, Workplace workplace) {
        Lock lock = readLock(request.folder().lock());
        Connections connections = Connections.open(request, workplace);
        try {
            return new LockedStack(request, workplace, lock, connections);
        } catch (RuntimeException e) {
            connections.close();
            throw e;
        }
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
        return verified.whole();
    }

    /** Returns what was read of the large files of each part, by its role, where that was not plainly all. */
    public SortedMap<String, String> coverage() {
        return reading.coverage();
    }

    /** Returns how each server did when it was verified. */
    public ReplicaSet replicas() {
        return verified.replicas();
    }

    /** Looks at the servers again: what changed since they were verified, although they may run as before. */
    ReplicaVerification verifyAgain() {
        return verifier.verify(connections.known(), connections.replicas());
    }

    /** Returns the layers that the stack has, and that neither its process nor what it renders shows to be the locked ones. */
    public Set<Layer> unverified() {
        Set<Layer> unverified = EnumSet.noneOf(Layer.class);
        lock.layers().forEach((layer, state) -> {
            if (state.applicable() && !verification().isRuledOut(layer)) {
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
                    .flatMap(all -> all.within(verification().stratum()));
            baselineRead = true;
        }
        return baseline;
    }

    /** Returns the address that was verified; of several servers the first. */
    public LiveEndpoint endpoint() {
        return connections.replicas().getFirst().endpoint();
    }

    /** Returns who is asked. */
    Servers servers() {
        return new Servers(connections.spread(), epoch());
    }

    /** Returns the same servers, each asked for what another was asked for; empty where nobody can choose among several. */
    Optional<Servers> otherServers() {
        Servers other =
                new Servers(connections.spread().rotated(), starts.rotated().epoch());
        return other.spread().targets().size() < 2 || other.epoch().equals(epoch())
                ? Optional.empty()
                : Optional.of(other);
    }

    /** Returns the starts of the servers when this object was opened. */
    Starts starts() {
        return starts;
    }

    /** Returns the starts of the servers that answer now. @throws LockstepException of kind ENDPOINT when none does */
    Starts currentStarts() {
        return Starts.of(connections);
    }

    /** Returns the start of the server when this object was opened; of several servers all their starts. */
    public String epoch() {
        return starts.epoch();
    }

    @Override
    public void close() {
        connections.close();
    }

    private void requireSameStarts() {
        starts.restarted(currentStarts()).stream().findFirst().ifPresent(restart -> {
            throw new LockstepException(
                    ErrorKind.ENDPOINT,
                    restart.server() + " was restarted while it was verified (epoch " + restart.then() + ", then "
                            + restart.now() + "); start the same command again");
        });
    }

    private Verification complete(Verification seen, LiveEndpoint server) {
        return EvidenceProof.complete(seen, lock, request.stack(), server);
    }

    private Recorded recorded() {
        return RecordedUnder.lock(request.folder(), lock.id());
    }

    /** Reads a lock file. @throws LockstepException of kind CONFIG, with the remedy, when there is none */
    public static Lock readLock(Path file) {
        if (!Files.exists(file)) {
            throw new LockstepException(
                    ErrorKind.CONFIG, file + ": there is no lock; make one with `lockstep lock` while the stack is up");
        }
        return LockFile.read(file);
    }
}
