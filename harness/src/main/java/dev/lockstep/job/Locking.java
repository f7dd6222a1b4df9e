package dev.lockstep.job;

import dev.lockstep.lock.Lock;
import dev.lockstep.lock.LockFile;
import dev.lockstep.stack.LiveEndpoint;
import dev.lockstep.stack.LockMaker;
import dev.lockstep.stack.Probes;
import java.util.Optional;

/** Makes the lock of a stack and keeps it with the probes that reveal its layers. */
public final class Locking {

    private Locking() {}

    /** Locks a stack that is up: proof from the disk, and what the server says and renders. */
    public static Lock lock(RunRequest request, Workplace workplace) {
        LiveEndpoint endpoint = LockedStack.connect(request, workplace);
        try {
            Lock lock = maker(workplace).lock(request.stack(), Optional.of(endpoint));
            LockFile.write(request.folder().lock(), lock);
            Probes.take(request.stack(), endpoint).write(request.folder().probes(lock.id()));
            return lock;
        } finally {
            endpoint.client().close();
        }
    }

    /** Locks a stack from its files alone; probes are taken when it is locked again while it is up. */
    public static Lock lockOffline(RunRequest request, Workplace workplace) {
        Lock lock = maker(workplace).lock(request.stack(), Optional.empty());
        LockFile.write(request.folder().lock(), lock);
        return lock;
    }

    private static LockMaker maker(Workplace workplace) {
        return new LockMaker(workplace.home(), workplace.environment().getOrDefault("PATH", ""));
    }
}
