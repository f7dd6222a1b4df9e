package dev.lockstep.job;

import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.LockFile;
import dev.lockstep.lock.TemplateTexts;
import dev.lockstep.lock.TensorStore;
import dev.lockstep.stack.Epochs;
import dev.lockstep.stack.LiveEndpoint;
import dev.lockstep.stack.LockMaker;
import dev.lockstep.stack.Probes;
import dev.lockstep.stack.ResolvedStack;
import java.nio.file.Files;
import java.util.Optional;

/** Makes the lock of a stack and keeps it with the probes that reveal its layers. */
public final class Locking {

    private Locking() {}

    /**
     * Locks a stack that is up: proof from the disk, and what the server says and renders. Nothing is written before all is read.
     *
     * @throws LockstepException of kind ENDPOINT when nothing answers, or the server was restarted meanwhile
     */
    public static Lock lock(RunRequest request, Workplace workplace) {
        LiveEndpoint endpoint = LockedStack.connect(request, workplace);
        try {
            String start = Epochs.current(request.stack(), endpoint);
            ResolvedStack resolved = maker(workplace).resolve(request.stack(), Optional.of(endpoint));
            Lock lock = resolved.lock();
            Probes probes = Probes.take(request.stack(), endpoint);
            requireSameStart(start, Epochs.current(request.stack(), endpoint));
            LockFile.write(request.folder().lock(), lock);
            probes.write(request.folder().probes(lock.id()));
            resolved.keepTensors(TensorStore.in(request.folder().path()));
            keepTemplates(request);
            return lock;
        } finally {
            endpoint.client().close();
        }
    }

    static void requireSameStart(String start, String now) {
        if (!now.equals(start)) {
            throw new LockstepException(
                    ErrorKind.ENDPOINT,
                    "the server was restarted while it was locked (epoch " + start + ", then " + now
                            + "); nothing was written. Start the same command again");
        }
    }

    /**
     * Locks a stack from its files alone; probes are taken when it is locked again while it is up, and so are engine and
     * launch where Lockstep does not start it.
     */
    public static Lock lockOffline(RunRequest request, Workplace workplace) {
        ResolvedStack resolved = maker(workplace).resolve(request.stack(), Optional.empty());
        Lock lock = resolved.lock();
        LockFile.write(request.folder().lock(), lock);
        resolved.keepTensors(TensorStore.in(request.folder().path()));
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
        return new LockMaker(workplace.home(), workplace.environment().getOrDefault("PATH", ""));
    }
}
