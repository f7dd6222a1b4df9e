package dev.lockstep.job;

import dev.lockstep.document.LockstepException;
import dev.lockstep.document.Sha256;
import dev.lockstep.job.RollbackReport.Item;
import dev.lockstep.lock.KeptWheels;
import dev.lockstep.lock.LockedPackage;
import dev.lockstep.lock.PythonPackage;
import dev.lockstep.stack.InstalledEngine;
import dev.lockstep.stack.StackConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether one package of a lock is installed, or kept as a wheel whose contents are the locked ones. */
record RollbackPackage(LockedPackage wanted, StackConfig config, KeptWheels wheels, Workplace workplace) {
    private static final String PART = RollbackEngine.PART;

    /** What lies where a package is or would be installed. */
    private sealed interface Installed {}

    /** The locked package. */
    private record Locked(String place) implements Installed {}

    /** Another one in its place, or nothing. */
    private record Other(String why, boolean isThere) implements Installed {}

    /** Nobody says where that is, or it lies on another machine. */
    private record Unseen(String why) implements Installed {}

    Item item() {
        KeptWheels.Found kept = wheels.find(wanted);
        String others = kept.others().isEmpty() ? "" : "; " + String.join("; ", kept.others());
        return switch (installed()) {
            case Locked(String place) ->
                Item.ready(
                        PART,
                        wanted + " is installed in " + place + ", byte by byte; "
                                + kept.wheel()
                                        .map(wheel -> "its wheel is kept: " + wheel)
                                        .orElse("no wheel of it is kept" + others));
            case Other other ->
                kept.wheel()
                        .map(wheel -> fromWheel(wheel, other.why(), other.isThere()))
                        .orElseGet(() -> withoutWheel(other, others));
            case Unseen(String why) ->
                kept.wheel()
                        .map(wheel -> Item.ready(PART, held(wheel)))
                        .orElseGet(() -> Item.degraded(
                                PART,
                                why + "; no wheel of it is kept" + others,
                                "keep its wheel, and name the folder: --packages DIR"));
        };
    }

    private Installed installed() {
        Optional<InstalledEngine> engine = engine();
        if (engine.isPresent()) {
            return installed(engine.get());
        }
        Optional<Path> folder = config.files().packages().map(StackConfig.Packages::folder);
        return folder.filter(Files::isReadable)
                .map(this::installed)
                .orElseGet(() -> new Unseen(folder.map(path -> wanted + " in " + path + " cannot be read here")
                        .orElse("nobody says where " + wanted + " is installed")));
    }

    /** Returns where the launcher installs; empty for packages that it does not install. */
    private Optional<InstalledEngine> engine() {
        return config.launch()
                .filter(launch -> wanted.isEngine())
                .map(launch -> new InstalledEngine(launch, workplace.home(), workplace.scripts()));
    }

    private Installed installed(InstalledEngine engine) {
        Path place = engine.environment();
        if (!engine.isThere()) {
            return new Other(wanted + " is not installed in " + place, false);
        }
        try {
            return engine.difference(wanted)
                    .<Installed>map(field -> other(place, field))
                    .orElseGet(() -> new Locked(place.toString()));
        } catch (LockstepException broken) {
            return new Other(broken.getMessage(), true);
        }
    }

    private Installed installed(Path sitePackages) {
        try {
            return wanted.difference(PythonPackage.identity(sitePackages, wanted.name()))
                    .<Installed>map(field -> other(sitePackages, field))
                    .orElseGet(() -> new Locked(sitePackages.toString()));
        } catch (LockstepException broken) {
            return new Other(broken.getMessage(), true);
        }
    }

    private Other other(Path place, String field) {
        return new Other("what is installed in " + place + " is not the locked " + wanted + " (" + field + ")", true);
    }

    private Item fromWheel(Path wheel, String why, boolean isInTheWay) {
        Optional<InstalledEngine> engine = engine();
        if (engine.isEmpty()) {
            return Item.degraded(PART, why + "; " + held(wheel), "install that wheel");
        }
        Path environment = engine.get().environment();
        if (!engine.get().isInstalledFrom(wheel)) {
            return Item.degraded(PART, why + "; " + held(wheel), "install that wheel into " + environment);
        }
        return isInTheWay
                ? Item.degraded(
                        PART,
                        why + "; " + held(wheel),
                        "delete " + environment + "; the next start installs that wheel")
                : Item.ready(PART, held(wheel) + "; a start installs it");
    }

    private String held(Path wheel) {
        return wheel + " (sha256:" + Sha256.of(wheel) + ") holds " + wanted + ", byte by byte";
    }

    private Item withoutWheel(Other other, String others) {
        String why = other.why() + "; no wheel of it is kept" + others;
        Optional<InstalledEngine> pinned =
                engine().filter(engine -> !engine.hashes().isEmpty());
        if (pinned.isEmpty()) {
            return Item.impossible(
                    PART,
                    why,
                    "fetch it (pip download --no-deps --only-binary :all: " + wanted.name() + "==" + wanted.version()
                            + " -d DIR), and look again with --packages DIR");
        }
        return Item.degraded(
                PART,
                why + ", but a package index may have one of the "
                        + pinned.get().hashes().size() + " that " + pinned.get().requirements() + " pins by hash",
                (other.isThere() ? "delete " + pinned.get().environment() + ", and install it again" : "install it")
                        + ": `lockstep stack up`");
    }
}
