package dev.lockstep.cli;

import dev.lockstep.baseline.Aliases;
import dev.lockstep.job.RollbackRequest;
import dev.lockstep.job.RunRequest;
import dev.lockstep.lock.Tier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Options that say which lock is to be served again, and how it is looked at. */
final class RollbackOptions {

    /** How much of the model files is read. */
    enum Read {
        FULL,
        CACHED,
        SAMPLED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }

        private Tier tier(long seed) {
            return switch (this) {
                case FULL -> new Tier.Full();
                case CACHED -> new Tier.Cached();
                case SAMPLED -> new Tier.Sampled(Tier.Sampled.SHIPPED_CHUNKS, seed);
            };
        }
    }

    @Parameters(
            paramLabel = "LOCK",
            description = "An approved lock: its id, the first 8 digits of it, or an alias in aliases.yaml.")
    private @Nullable String lock;

    @Mixin
    private StackOptions stack = new StackOptions();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private WorkplaceOptions place = new WorkplaceOptions();

    @Option(
            names = "--intent",
            paramLabel = "FILE",
            description = "The stack.yaml of then; default: what `baseline approve` kept in locks/.")
    private @Nullable Path intent;

    @Option(
            names = "--tier",
            paramLabel = "TIER",
            defaultValue = "cached",
            description = "How much of the model files is read: ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
    private Read tier = Read.CACHED;

    @Option(names = "--no-start", description = "Do not start the stack of that lock.")
    private boolean noStart;

    @Option(
            names = "--token-env",
            paramLabel = "HOST=NAME",
            description = "The environment variable with the bearer token for a registry; it is sent to no other.")
    private Map<String, String> tokens = new TreeMap<>();

    @Option(
            names = "--packages",
            paramLabel = "DIR",
            description =
                    "A folder in which packages are kept as wheels, or an engine that is a program; the launcher's own is looked into "
                            + "as well. Repeat it for several.")
    private List<Path> packages = new ArrayList<>();

    RollbackRequest request() {
        RunRequest inForce = server.request(stack);
        return new RollbackRequest(
                inForce,
                Aliases.read(inForce.folder()).resolve(word()),
                Optional.ofNullable(intent),
                tier.tier(System.nanoTime()),
                !noStart,
                tokens,
                packages);
    }

    WorkplaceOptions place() {
        return place;
    }

    /** Returns the lock as the user named it. */
    String word() {
        return Objects.requireNonNull(lock);
    }
}
