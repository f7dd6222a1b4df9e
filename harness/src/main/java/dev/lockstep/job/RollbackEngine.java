package dev.lockstep.job;

import dev.lockstep.document.LockstepException;
import dev.lockstep.job.RollbackReport.Item;
import dev.lockstep.lock.ImageReference;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.LayerState;
import dev.lockstep.lock.Lock;
import dev.lockstep.stack.InstalledEngine;
import dev.lockstep.stack.StackConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Whether the engine of a lock is installed, byte by byte, or can be installed from a package that is pinned by its hash. */
record RollbackEngine(Lock lock, StackConfig config, Workplace workplace) {
    private static final String PART = "engine";

    Item item() {
        return config.launch()
                .map(launch -> installed(new InstalledEngine(launch, workplace.home(), workplace.scripts())))
                .orElseGet(this::elsewhere);
    }

    private Item elsewhere() {
        LayerState engine = lock.layer(Layer.ENGINE);
        if (engine.declared().containsKey(ImageReference.IMAGE)) {
            return Item.notNeeded(PART, "it comes with the image");
        }
        return engine.pinned().isEmpty()
                ? Item.notNeeded(PART, "the lock holds no package")
                : Item.degraded(
                        PART,
                        "Lockstep does not install the engine of this stack",
                        "keep its package beside the lock, and verify after it is started: `lockstep verify`");
    }

    private Item installed(InstalledEngine engine) {
        if (!engine.isThere()) {
            return fromPackage(engine, engine.environment() + ": is not installed", false);
        }
        try {
            Optional<String> difference = engine.difference(lock);
            return difference
                    .map(field ->
                            fromPackage(engine, engine.environment() + ": " + field + " is not the locked one", true))
                    .orElseGet(() -> Item.ready(PART, engine.environment() + " is the locked one"));
        } catch (LockstepException broken) {
            return fromPackage(engine, broken.getMessage(), true);
        }
    }

    private Item fromPackage(InstalledEngine engine, String why, boolean isOther) {
        List<String> packages = engine.packages();
        Optional<Path> kept = packages.stream()
                .map(sha256 ->
                        workplace.objects().resolve(sha256.substring(0, 2)).resolve(sha256))
                .filter(Files::isRegularFile)
                .findFirst();
        String remedy = isOther
                ? "delete " + engine.environment() + ", and install it again: `lockstep stack up`"
                : "install it: `lockstep stack up`";
        if (packages.isEmpty()) {
            return Item.impossible(PART, why + ", and no package of it is pinned by hash", "restore it from a backup");
        }
        return Item.degraded(
                PART,
                why + "; "
                        + kept.map(file -> "its package lies in " + file)
                                .orElse("a package index may have its package, by hash"),
                remedy);
    }
}
