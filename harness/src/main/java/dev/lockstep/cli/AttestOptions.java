package dev.lockstep.cli;

import dev.lockstep.evidence.Attester;
import dev.lockstep.evidence.Container;
import dev.lockstep.evidence.SigningKey;
import dev.lockstep.job.Attesting;
import dev.lockstep.job.Workplace;
import dev.lockstep.lock.Hashing;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say what is attested, and how. */
final class AttestOptions {
    @Option(
            names = "--pid",
            paramLabel = "PID",
            description =
                    "The process that serves, which (or a child of which) must listen at the endpoint's address; default: the one"
                            + " that listens on its port.")
    private @Nullable Long pid;

    @Option(
            names = "--disk",
            description = "Attest the files alone, as before the server starts; proves nothing of a process.")
    private boolean disk;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "The private key that signs, beside its KEY.pub; see keygen.")
    private @Nullable Path key;

    @Option(names = "--out", paramLabel = "FILE", description = "Where the evidence goes; default: evidence.json.")
    private Path file = Path.of("evidence.json");

    @Option(names = "--tier", paramLabel = "TIER", description = TierName.DESCRIPTION)
    private TierName tier = TierName.FULL;

    Attester.Settings settings(Workplace workplace, Hashing hashing, String by) {
        return new Attester.Settings(
                tier.tier(),
                hashing,
                by,
                container(workplace.environment()),
                Optional.ofNullable(key).map(SigningKey::read));
    }

    Attesting.Subject subject() {
        OptionalLong process = pid == null ? OptionalLong.empty() : OptionalLong.of(pid);
        return new Attesting.Subject(disk, process, file);
    }

    Path file() {
        return file;
    }

    private static Container container(Map<String, String> environment) {
        return new Container(
                Optional.ofNullable(environment.get("LOCKSTEP_POD_UID")),
                Optional.ofNullable(environment.get("LOCKSTEP_CONTAINER_STARTED")),
                Optional.ofNullable(environment.get("LOCKSTEP_IMAGE_DIGEST")));
    }
}
