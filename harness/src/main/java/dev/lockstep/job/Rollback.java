package dev.lockstep.job;

import dev.lockstep.baseline.StackFolder;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.job.RollbackReport.Item;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.LockFile;
import dev.lockstep.stack.StackConfig;
import dev.lockstep.stack.StackConfigReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks whether the bundle of an earlier lock is complete and still itself: its files, its image or engine, its launch, what it
 * renders and answers, and the runs of its baseline.
 */
public final class Rollback {
    private static final String LOCK = "lock";
    private static final String INTENT = "stack.yaml";
    private static final String RESTORE = "restore it from version control";

    private final RollbackRequest request;
    private final Workplace workplace;
    private final StackFolder folder;
    private final List<Item> items = new ArrayList<>();

    private Rollback(RollbackRequest request, Workplace workplace) {
        this.request = request;
        this.workplace = workplace;
        this.folder = request.inForce().folder();
    }

    /**
     * Looks at every part; what cannot be looked at is told, and stops nothing.
     *
     * @throws LockstepException of kind CONFIG when the request itself is wrong: a folder of packages that is not there, a variable
     *     without a token
     */
    public static RollbackReport check(RollbackRequest request, Workplace workplace) {
        request.packages().forEach(Rollback::requireFolder);
        Rollback rollback = new Rollback(request, workplace);
        rollback.look();
        return new RollbackReport(request.lock(), rollback.items);
    }

    private static void requireFolder(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new LockstepException(
                    ErrorKind.CONFIG,
                    folder + ": there is no such folder; name one of wheels, or leave out --packages");
        }
    }

    private void look() {
        lock().ifPresent(lock -> config().ifPresent(config -> look(lock, config)));
    }

    private Optional<Lock> lock() {
        Path file = folder.approvedLock(request.lock());
        try {
            Lock lock = LockFile.read(file);
            items.add(Item.ready(LOCK, file.toString()));
            return Optional.of(lock);
        } catch (LockstepException broken) {
            items.add(Item.impossible(LOCK, broken.getMessage(), RESTORE));
            return Optional.empty();
        }
    }

    private void look(Lock lock, StackConfig config) {
        items.add(new RollbackFiles(lock, config, request.tier(), workplace).item());
        items.add(new RollbackImage(lock, request.tokens(), workplace).item());
        List<Item> engine = new RollbackEngine(lock, config, request.packages(), workplace).items();
        items.addAll(engine);
        RollbackRuns runs = new RollbackRuns(request.lock(), workplace.baselines(folder));
        items.addAll(new RollbackStart(request, lock, config, workplace).items(engine, runs));
        items.add(runs.item());
    }

    /** What was kept when the lock was approved goes before what is in force now. */
    private Optional<StackConfig> config() {
        Path kept = request.intent().orElse(folder.intent(request.lock()));
        StackConfig inForce = request.inForce().stack();
        if (Files.exists(kept) || request.intent().isPresent()) {
            return kept(kept, inForce.file().toAbsolutePath().resolveSibling(""));
        }
        items.add(Item.degraded(
                INTENT,
                "none was kept for this lock; all is looked for where the one in force names it, " + inForce.file(),
                "name the one of then with --intent FILE; `lockstep baseline approve` keeps it from now on"));
        return Optional.of(inForce);
    }

    private Optional<StackConfig> kept(Path file, Path start) {
        try {
            StackConfig then = StackConfigReader.readKept(file, start);
            items.add(Item.ready(INTENT, file.toString()));
            return Optional.of(then);
        } catch (LockstepException broken) {
            items.add(Item.impossible(INTENT, broken.getMessage(), RESTORE));
            return Optional.empty();
        }
    }
}
