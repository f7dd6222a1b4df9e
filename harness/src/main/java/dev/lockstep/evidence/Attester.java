package dev.lockstep.evidence;

import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.Hashing;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.Tier;
import dev.lockstep.stack.Epochs;
import dev.lockstep.stack.HostChecks;
import dev.lockstep.stack.LiveEndpoint;
import dev.lockstep.stack.LocalProcess;
import dev.lockstep.stack.ModelOrigin;
import dev.lockstep.stack.ProcessEvidence;
import dev.lockstep.stack.StackConfig;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes evidence on the machine that serves a stack: reads the locked files and the process that serves them. */
public final class Attester {
    private static final String OF_PORT =
            "; attest on the machine (or in the pod) that serves, as the server's user, and name its process with --pid where"
                    + " its port does not lead to it";
    private static final String OF_NUMBER =
            "; name with --url the address at which it listens itself, once it does, and with --pid the process that was"
                    + " started to serve there";

    private final Lock lock;
    private final StackConfig config;
    private final Settings settings;
    private final HostChecks checks;

    /**
     * How evidence is made.
     *
     * @param by what makes it, with its version
     * @param key what signs it; without one it is not signed
     */
    public record Settings(Tier tier, Hashing hashing, String by, Container container, Optional<SigningKey> key) {}

    public Attester(Lock lock, StackConfig config, Settings settings) {
        this.lock = lock;
        this.config = config;
        this.settings = settings;
        this.checks = HostChecks.strict(lock, config, settings.tier(), settings.hashing());
    }

    /** Reads the disk alone, as before a server starts. */
    public Attestation ofDisk(Clock clock) {
        return attestation(clock, Optional.empty(), checks.disk());
    }

    /**
     * Reads the disk, and the process that serves.
     *
     * @param endpoint where the server listens on this machine; it need not answer yet
     * @param pid its process; found by the endpoint's port when nobody names it
     * @throws LockstepException of kind PREREQUISITE when the process cannot be read here, ENDPOINT when it is another meanwhile
     */
    public Attestation ofServer(LiveEndpoint endpoint, OptionalLong pid) {
        LocalProcess process = process(endpoint, pid);
        Optional<String> shown = Epochs.shown(config, endpoint);
        List<Check> found = new ArrayList<>(checks.disk());
        found.addAll(checks.process(new ProcessEvidence.Seen(process)));
        if (!process(endpoint, pid).epoch().equals(process.epoch())
                || !Epochs.shown(config, endpoint).equals(shown)) {
            throw new LockstepException(
                    ErrorKind.ENDPOINT, "the server was restarted meanwhile; nothing was attested. Attest again");
        }
        Evidence.Served served = new Evidence.Served(
                process.pid(),
                process.startTicks(),
                process.started(),
                ProcessEvidence.boot(),
                shown,
                endpoint.operatorEpoch(),
                HostChecks.launch(process));
        return attestation(endpoint.clock(), Optional.of(served), found);
    }

    private static LocalProcess process(LiveEndpoint endpoint, OptionalLong pid) {
        ProcessEvidence evidence = pid.isPresent()
                ? ProcessEvidence.listening(pid.getAsLong(), endpoint.url(), endpoint.clock())
                : endpoint.process();
        return switch (evidence) {
            case ProcessEvidence.Seen(LocalProcess process) -> process;
            case ProcessEvidence.Unseen(String why) ->
                throw new LockstepException(ErrorKind.PREREQUISITE, why + (pid.isPresent() ? OF_NUMBER : OF_PORT));
        };
    }

    private Attestation attestation(Clock clock, Optional<Evidence.Served> served, List<Check> found) {
        Evidence evidence = new Evidence(
                clock.instant(),
                settings.by(),
                lock.id().value(),
                model(),
                settings.tier().key(),
                checks.coverage(),
                served,
                settings.container(),
                results(found),
                List.of());
        return new Attestation(
                SignedText.of(evidence, settings.key()),
                found,
                without(),
                settings.key().map(SigningKey::id));
    }

    private Set<Layer> without() {
        return lock.layers().entrySet().stream()
                .filter(layer -> !layer.getValue().applicable())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static List<Evidence.Result> results(List<Check> found) {
        return found.stream()
                .filter(check -> check.outcome() != Check.Outcome.NOT_CHECKED)
                .map(check -> new Evidence.Result(
                        check.layer(), check.step(), check.field(), check.outcome(), check.actual(), check.note()))
                .toList();
    }

    private String model() {
        return config.files()
                .origin()
                .map(origin -> switch (origin) {
                    case ModelOrigin.Hub hub -> hub.repo() + "@" + hub.revision();
                    case ModelOrigin.Ollama(String model, Path store) -> model;
                })
                .or(() -> config.files().weights().map(file -> String.valueOf(file.getFileName())))
                .orElseGet(config::model);
    }
}
