package dev.lockstep.job;

import dev.lockstep.lock.LockId;
import dev.lockstep.lock.Tier;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which lock is to be served again, and how it is looked at.
 *
 * @param inForce the stack as it is now: its folder, and with {@code --url} a server that runs the earlier lock
 * @param intent the stack.yaml of then, where another one is meant than was kept
 * @param tier how much of the files is read
 * @param mayStart whether the stack of the lock is started, and ended again
 * @param tokens the environment variable with the bearer token of a registry, by host
 * @param packages folders with wheels, beside that in which the launcher keeps its own
 */
public record RollbackRequest(
        RunRequest inForce,
        LockId lock,
        Optional<Path> intent,
        Tier tier,
        boolean mayStart,
        Map<String, String> tokens,
        List<Path> packages) {

    public RollbackRequest {
        packages = List.copyOf(packages);
        tokens = Map.copyOf(tokens);
    }
}
