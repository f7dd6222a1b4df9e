package dev.lockstep.job;

import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.LockFile;
import dev.lockstep.lock.TemplateTexts;
import dev.lockstep.lock.TensorStore;
import dev.lockstep.lock.Tier;
import dev.lockstep.stack.LiveReplica;
import dev.lockstep.stack.LockMaker;
import dev.lockstep.stack.LogprobsFile;
import dev.lockstep.stack.ReplicaSet;
import dev.lockstep.stack.ReplicaVerification;
import dev.lockstep.stack.ReplicaVerifier;
import dev.lockstep.stack.ResolvedStack;
import dev.lockstep.stack.TieredReading;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** Makes the lock of a stack and keeps it with the probes that reveal its layers. */
public final class Locking {

    private Locking() {}

    /**
     * Locks a stack that is up: proof from the disk, and what the server says and renders. Nothing is written before all is read.
     *
     * @throws LockstepException of kind ENDPOINT when a server does not answer, or was restarted meanwhile, LOCK when its servers
     *     are not one stack
     */
    public static Lock lock(RunRequest request, Workplace workplace) {
        Agreement.Found found = found(request, workplace);
        LockFile.write(request.folder().lock(), found.lock());
        found.probes().write(request.folder().probes(found.lock().id()));
        new LogprobsFile(request.folder().logprobs(found.lock().id()))
                .write(found.lock().id(), found.logprobs());
        found.stack().captures().write(request.folder().captures(found.lock().id()));
        found.stack().keepSidecars(TensorStore.in(request.folder().path()));
        keepTemplates(request);
        return found.lock();
    }

    /** Reads what all servers of a stack have in common; nothing is written. */
    static Agreement.Found found(RunRequest request, Workplace workplace) {
        try (Connections servers = Connections.open(request, workplace)) {
            Starts starts = Starts.of(servers);
            requireAll(starts);
            SequencedMap<String, Agreement.Found> found = new LinkedHashMap<>();
            SequencedMap<String, ResolvedStack> resolved =
                    maker(request, workplace).resolve(request.stack(), servers.replicas());
            for (LiveReplica replica : servers.replicas()) {
                ResolvedStack stack = Objects.requireNonNull(resolved.get(replica.name()));
                found.put(replica.name(), Agreement.Found.of(request.stack(), stack, replica.endpoint()));
            }
            requireSameStarts(starts, Starts.of(servers));
            Agreement.Found agreed = Agreement.of(found, request.stack().policies());
            if (servers.known() == ReplicaSet.Known.LISTED) {
                requireServed(agreed, request, servers);
            }
            return agreed;
        }
    }

    /** A lock holds the files that stack.yaml names; each replica must serve those. */
    private static void requireServed(Agreement.Found agreed, RunRequest request, Connections servers) {
        ResolvedStack.Kept locked = ResolvedStack.Kept.in(request.folder().path(), agreed.lock());
        ReplicaVerification served = new ReplicaVerifier(
                        locked, request.stack(), agreed.recorded(), (seen, endpoint) -> seen)
                .verify(servers.known(), servers.replicas());
        new BrokenLock(served.whole(), Optional.of(served.replicas())).before().ifPresent(broken -> {
            throw new LockstepException(
                    ErrorKind.LOCK,
                    "not every replica serves what stack.yaml names, so nothing was written:\n  "
                            + String.join(
                                    "\n  ",
                                    broken.reasons().subList(1, broken.reasons().size())));
        });
    }

    private static void requireAll(Starts starts) {
        if (!starts.silent().isEmpty()) {
            throw new LockstepException(
                    ErrorKind.ENDPOINT,
                    starts.silent().entrySet().stream()
                            .map(replica -> "replica " + replica.getKey() + ": " + replica.getValue())
                            .collect(Collectors.joining("\n")));
        }
    }

    private static void requireSameStarts(Starts starts, Starts now) {
        starts.restarted(now).stream().findFirst().ifPresent(restart -> {
            throw new LockstepException(
                    ErrorKind.ENDPOINT,
                    restart.server() + " was restarted while it was locked (epoch " + restart.then() + ", then "
                            + restart.now() + "); nothing was written. Start the same command again");
        });
    }

    /**
     * Locks a stack from its files alone; probes are taken when it is locked again while it is up, and so are engine and
     * launch where Lockstep does not start it.
     */
    public static Lock lockOffline(RunRequest request, Workplace workplace) {
        ResolvedStack resolved = maker(request, workplace).resolve(request.stack(), Optional.empty());
        Lock lock = resolved.lock();
        LockFile.write(request.folder().lock(), lock);
        resolved.keepSidecars(TensorStore.in(request.folder().path()));
        keepTemplates(request);
        return lock;
    }

    /** A digest cannot be read; `lock diff` shows the lines of these texts. */
    private static void keepTemplates(RunRequest request) {
        request.stack()
                .files()
                .weights()
                .filter(Files::isReadable)
                .map(TemplateTexts::of)
                .ifPresent(texts -> texts.forEach(
                        text -> TemplateTexts.keep(request.folder().templates(), text)));
    }

    static LockMaker maker(Workplace workplace) {
        return maker(workplace, TieredReading.full(workplace.hashing()));
    }

    private static LockMaker maker(RunRequest request, Workplace workplace) {
        return maker(workplace, reading(request, workplace));
    }

    private static LockMaker maker(Workplace workplace, TieredReading reading) {
        return new LockMaker(workplace.home(), workplace.environment().getOrDefault("PATH", ""), reading);
    }

    /** A lock is proof, so all bytes are read, now or, where the files did not change, when the lock in force was made. */
    private static TieredReading reading(RunRequest request, Workplace workplace) {
        return switch (request.tier()) {
            case Tier.Full full -> TieredReading.full(workplace.hashing());
            case Tier.Cached cached ->
                Files.exists(request.folder().lock())
                        ? TieredReading.of(
                                ResolvedStack.Kept.in(
                                        request.folder().path(),
                                        LockFile.read(request.folder().lock())),
                                cached,
                                workplace.hashing())
                        : TieredReading.full(workplace.hashing());
            case Tier.Sampled sampled ->
                throw new LockstepException(
                        ErrorKind.CONFIG,
                        "a lock holds proof, and a sample proves nothing of what it does not read; lock with --tier full, or"
                                + " with --tier cached where the files did not change since they were read");
        };
    }
}
