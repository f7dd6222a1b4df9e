package dev.lockstep.job;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Where Lockstep keeps engines, run logs and samples: {@code LOCKSTEP_HOME}, else the user's cache directory. */
public final class Home {

    private Home() {}

    /**
     * Returns the folder, absolute.
     *
     * @param system the operating system's name, as Java's {@code os.name} has it
     */
    public static Path of(Map<String, String> environment, String system, String userHome) {
        return named(environment, "LOCKSTEP_HOME")
                .orElseGet(() -> cache(environment, system.toLowerCase(Locale.ROOT), Path.of(userHome))
                        .resolve("lockstep"))
                .toAbsolutePath()
                .normalize();
    }

    private static Path cache(Map<String, String> environment, String system, Path userHome) {
        if (system.contains("mac")) {
            return userHome.resolve("Library").resolve("Caches");
        }
        if (system.contains("windows")) {
            return named(environment, "LOCALAPPDATA")
                    .orElseGet(() -> userHome.resolve("AppData").resolve("Local"));
        }
        return named(environment, "XDG_CACHE_HOME").orElseGet(() -> userHome.resolve(".cache"));
    }

    private static Optional<Path> named(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable))
                .filter(value -> !value.isBlank())
                .map(Path::of);
    }
}
