package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.LockstepException;
import dev.lockstep.document.Sha256;
import dev.lockstep.lock.LockedPackage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The engine of a stack that Lockstep starts: what is installed of it, and what the launcher installs it from. */
public final class InstalledEngine {
    private static final Pattern HASH = Pattern.compile("--hash=sha256:([0-9a-f]{64})");

    private final StackConfig.Launch launch;
    private final Path home;
    private final Path requirements;

    /**
     * Names where things lie.
     *
     * @param home the folder of installed engines
     * @param scripts the folder of the launcher, which holds lists of packages with their hashes
     */
    public InstalledEngine(StackConfig.Launch launch, Path home, Path scripts) {
        this.launch = launch;
        this.home = home;
        this.requirements = scripts.resolve("embedded").resolve("requirements").resolve(name() + ".txt");
    }

    /** Returns where it is or will be installed. */
    public Path environment() {
        return launch.engineDirectory().orElseGet(() -> home.resolve("engines").resolve(name()));
    }

    /** Tells whether anything is installed there. */
    public boolean isThere() {
        return Files.isDirectory(environment());
    }

    /** Returns the folder in which the launcher keeps the wheels of all engines that it installed. */
    public static Path wheels(Path home) {
        return home.resolve("wheels");
    }

    /**
     * Returns the first field in which what is installed is another engine than the locked one; empty when none is.
     *
     * @throws LockstepException of kind PREREQUISITE or CONFIG when it cannot be read
     */
    public Optional<String> difference(LockedPackage locked) {
        SortedMap<String, JsonNode> found = EngineIdentity.ofEnvironment(environment(), launch.packageName());
        return locked.difference(found);
    }

    /** Tells whether the launcher, once it is told to, installs the engine from this wheel, and asks no index. */
    public boolean isInstalledFrom(Path wheel) {
        return launch.engineDirectory().isEmpty()
                && wheel.startsWith(wheels(home).resolve(name()))
                && hashes().contains(Sha256.of(wheel));
    }

    /** Returns the list of wheels, with their hashes, that the launcher installs from. */
    public Path requirements() {
        return requirements;
    }

    /** Returns the SHA-256 of every wheel that it may be installed from; none when nobody pinned them. */
    public Set<String> hashes() {
        if (launch.engineDirectory().isPresent() || !Files.isRegularFile(requirements)) {
            return Set.of();
        }
        try {
            return HASH.matcher(Files.readString(requirements))
                    .results()
                    .map((MatchResult hash) -> hash.group(1))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(requirements + ": cannot be read", e);
        }
    }

    private String name() {
        return launch.packageName() + "-" + launch.version();
    }
}
