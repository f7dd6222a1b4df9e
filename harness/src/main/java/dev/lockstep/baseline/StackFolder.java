package dev.lockstep.baseline;

import dev.lockstep.lock.LockId;
import java.nio.file.Path;

/** Where the files of one stack lie (design: {@code baselines/<stack>/}). */
public record StackFolder(Path path) {
    private static final String LOCKS = "locks";
    private static final String CAPTURES = "captures";

    /** Returns the folder of the stack that a lock file belongs to, the one in force or an approved one. */
    public static StackFolder ofLock(Path lockFile) {
        Path folder = lockFile.toAbsolutePath().normalize().resolveSibling("");
        return new StackFolder(folder.endsWith(LOCKS) ? folder.resolveSibling("") : folder);
    }

    /** The lock in force. */
    public Path lock() {
        return path.resolve("stack.lock.json");
    }

    /** The policy of the gate; may be absent. */
    public Path gate() {
        return path.resolve("gate.yaml");
    }

    /** The texts of the templates that were locked. */
    public Path templates() {
        return path.resolve(CAPTURES).resolve("templates");
    }

    /** What the server answered when a lock was made. */
    public Path captures(LockId id) {
        return path.resolve(CAPTURES).resolve(id.value());
    }

    public Path baseline() {
        return path.resolve("baseline.json");
    }

    /** A lock that was approved. */
    public Path approvedLock(LockId id) {
        return approvedLocks().resolve(id + ".json");
    }

    /** The folder of the locks that were approved. */
    public Path approvedLocks() {
        return path.resolve(LOCKS);
    }

    /** The stack.yaml of a lock that was approved, as it was then; paths in it start at the folder of stack.yaml. */
    public Path intent(LockId id) {
        return approvedLocks().resolve(id + ".stack.yaml");
    }

    /** Names of locks, which people move. */
    public Path aliases() {
        return path.resolve("aliases.yaml");
    }

    public Path probes(LockId id) {
        return path.resolve("probes").resolve(id + ".json");
    }

    /** The log-probabilities that fixed prompts had when a lock was made. */
    public Path logprobs(LockId id) {
        return path.resolve("probes").resolve(id + ".logprobs.json");
    }

    /** The recorded runs under a lock, approved or not. */
    public Path runs(LockId id) {
        return path.resolve("runs").resolve(id.value());
    }
}
