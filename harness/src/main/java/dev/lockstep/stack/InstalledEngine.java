package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.LockstepException;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Lock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The engine of a stack that Lockstep starts: what is installed of it, and what it can be installed from. */
public final class InstalledEngine {
    private static final Pattern HASH = Pattern.compile("--hash=sha256:([0-9a-f]{64})");

    private final Path environment;
    private final Path requirements;
    private final StackConfig.Launch launch;

    /**
     * Names where things lie.
     *
     * @param home the folder of installed engines
     * @param scripts the folder of the launcher, which holds lists of packages with their hashes
     */
    public InstalledEngine(StackConfig.Launch launch, Path home, Path scripts) {
        String name = launch.packageName() + "-" + launch.version();
        this.launch = launch;
        this.environment = home.resolve("engines").resolve(name);
        this.requirements = scripts.resolve("embedded").resolve("requirements").resolve(name + ".txt");
    }

    /** Returns where it is or will be installed. */
    public Path environment() {
        return environment;
    }

    /** Tells whether anything is installed there. */
    public boolean isThere() {
        return Files.isDirectory(environment);
    }

    /**
     * Returns the first field in which what is installed is another engine than the locked one; empty when none is.
     *
     * @throws LockstepException of kind PREREQUISITE or CONFIG when it cannot be read
     */
    public Optional<String> difference(Lock lock) {
        SortedMap<String, JsonNode> locked = lock.layer(Layer.ENGINE).pinned();
        return EngineIdentity.ofEnvironment(environment, launch.packageName()).entrySet().stream()
                .filter(found -> !found.getValue().equals(locked.get(found.getKey())))
                .map(found -> found.getKey())
                .findFirst();
    }

    /** Returns the SHA-256 of every package file that it may be installed from; none when nobody pinned them. */
    public List<String> packages() {
        if (!Files.isRegularFile(requirements)) {
            return List.of();
        }
        try {
            return HASH.matcher(Files.readString(requirements))
                    .results()
                    .map((MatchResult hash) -> hash.group(1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(requirements + ": cannot be read", e);
        }
    }
}
