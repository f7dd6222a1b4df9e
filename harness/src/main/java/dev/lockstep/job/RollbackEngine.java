package dev.lockstep.job;

import dev.lockstep.job.RollbackReport.Item;
import dev.lockstep.lock.ImageReference;
import dev.lockstep.lock.KeptWheels;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.LayerState;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.LockedPackage;
import dev.lockstep.stack.InstalledEngine;
import dev.lockstep.stack.StackConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whether the packages of a lock, the engine among them, are there: installed, or kept as wheels that hold what is locked. */
record RollbackEngine(Lock lock, StackConfig config, List<Path> folders, Workplace workplace) {
    static final String PART = "engine";

    /** Returns one for each package. */
    List<Item> items() {
        List<LockedPackage> packages = LockedPackage.of(lock);
        if (packages.isEmpty()) {
            return List.of(withoutPackages());
        }
        KeptWheels wheels = new KeptWheels(wheelFolders());
        return packages.stream()
                .map(each -> new RollbackPackage(each, config, wheels, workplace).item())
                .toList();
    }

    private List<Path> wheelFolders() {
        List<Path> all = new ArrayList<>(folders);
        Path own = InstalledEngine.wheels(workplace.home());
        if (Files.isDirectory(own)) {
            all.addFirst(own);
        }
        return all;
    }

    private Item withoutPackages() {
        LayerState engine = lock.layer(Layer.ENGINE);
        if (engine.declared().containsKey(ImageReference.IMAGE)) {
            return Item.notNeeded(PART, "it comes with the image");
        }
        RollbackProgram program = new RollbackProgram(engine.pinned(), folders);
        return program.isLocked() ? program.item() : Item.notNeeded(PART, "the lock holds no package");
    }
}
