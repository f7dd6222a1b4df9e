package dev.lockstep.job;

import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.LockDiff;
import dev.lockstep.lock.LockFile;
import java.util.stream.Collectors;

/** Reads anew what a live stack says of itself; what is proven and declared stays, and with it the id. */
public final class LockRefresh {
    private static final int MOST_SHOWN = 8;

    private LockRefresh() {}

    /**
     * Writes the lock with the observed values of now.
     *
     * @return what it changed
     * @throws LockstepException of kind LOCK when the stack that answers would get another id, ENDPOINT when nothing answers
     */
    public static LockDiff run(RunRequest request, Workplace workplace) {
        Lock before = LockedStack.readLock(request.folder().lock());
        Agreement.Found found = Locking.found(request, workplace);
        LockDiff diff = LockDiff.between(before, found.lock());
        requireSameId(request, diff);
        LockFile.write(request.folder().lock(), found.lock());
        found.stack().captures().write(request.folder().captures(found.lock().id()));
        return diff;
    }

    private static void requireSameId(RunRequest request, LockDiff diff) {
        if (diff.sameId()) {
            return;
        }
        String moved = diff.changes().stream()
                .filter(LockDiff.Change::movesId)
                .limit(MOST_SHOWN)
                .map(change -> change.layer() + " " + change.field() + ": " + change.values())
                .collect(Collectors.joining("\n  "));
        throw new LockstepException(
                ErrorKind.LOCK,
                request.folder().lock()
                        + ": is the lock of another stack than the one that answers, so nothing was refreshed. What is not"
                        + " only observed differs:\n  "
                        + moved
                        + "\nPut the stack back as it was locked (`lockstep verify` shows more), or make a new lock with"
                        + " `lockstep lock`");
    }
}
