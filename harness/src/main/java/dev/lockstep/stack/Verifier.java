package dev.lockstep.stack;

import dev.lockstep.lock.Check;
import dev.lockstep.lock.Comparison;
import dev.lockstep.lock.Hashing;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.NoteComparison;
import dev.lockstep.lock.Policies;
import dev.lockstep.lock.TensorStore;
import dev.lockstep.lock.Tier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells whether the stack that answers now is the locked one: every step runs, and all that differs is reported. */
public final class Verifier {
    private static final Set<Layer> NEVER_IN_SHIPPED_FLOOR =
            EnumSet.of(Layer.DERIVATION, Layer.HARDWARE, Layer.PROVENANCE);

    private final Lock lock;
    private final StackConfig config;
    private final ResolvedStack.Kept locked;
    private final Policies policies;
    private final HostChecks host;

    /** Makes a verifier that reads each file once, however many servers it looks at. */
    Verifier(ResolvedStack.Kept locked, StackConfig config, TieredReading reading) {
        this.lock = locked.lock();
        this.config = config;
        this.locked = locked;
        this.policies = config.policies();
        this.host = HostChecks.of(lock, config, reading);
    }

    /**
     * Runs static, disk, mirror, process, live, rendered-prompt and sampling checks, in this order.
     *
     * @param expected the probes recorded under the lock; without them, rendering and sampling are not checked
     * @throws dev.lockstep.document.LockstepException of kind ENDPOINT when nothing answers
     */
    public static Verification verify(Lock lock, StackConfig config, LiveEndpoint endpoint, Optional<Probes> expected) {
        return verify(new ResolvedStack.Kept(lock, TensorStore.of(config.file())), config, endpoint, expected);
    }

    /**
     * Runs the same checks of a lock that lies elsewhere than stack.yaml.
     *
     * @param locked the lock, and the sidecars beside it
     */
    public static Verification verify(
            ResolvedStack.Kept locked, StackConfig config, LiveEndpoint endpoint, Optional<Probes> expected) {
        return verify(locked, config, endpoint, new Recorded(expected, Optional.empty()));
    }

    /** Runs the same checks, and compares log-probabilities where they were recorded. */
    static Verification verify(
            ResolvedStack.Kept locked, StackConfig config, LiveEndpoint endpoint, Recorded recorded) {
        new LiveJson(endpoint).requireReachable();
        Verifier verifier =
                new Verifier(locked, config, TieredReading.of(locked, new Tier.Full(), Hashing.onAllCores()));
        List<Check> files = verifier.ofFiles();
        List<Check> checks = new ArrayList<>(files);
        checks.addAll(verifier.look(endpoint, recorded, files));
        return new Verification(checks, verifier.floor());
    }

    /** Runs the steps static, disk and mirror: what is the same for every server of the stack. */
    List<Check> ofFiles() {
        List<Check> checks = new ArrayList<>(new StaticChecks(lock, config).run());
        switch (config.visibility()) {
            case VISIBLE -> checks.addAll(host.disk(locked));
            case OPAQUE -> {}
        }
        checks.addAll(new MirrorChecks(lock).run(config.files().mirrors()));
        return checks;
    }

    /**
     * Runs the steps process, live, render, sampling and logprobs, of one server.
     *
     * @param files what {@link #ofFiles} found
     * @throws dev.lockstep.document.LockstepException of kind ENDPOINT when it does not answer
     */
    List<Check> ofServer(LiveEndpoint endpoint, Recorded recorded, List<Check> files) {
        new LiveJson(endpoint).requireReachable();
        return look(endpoint, recorded, files);
    }

    private List<Check> look(LiveEndpoint endpoint, Recorded recorded, List<Check> files) {
        List<Check> checks = new ArrayList<>();
        switch (config.visibility()) {
            case VISIBLE -> checks.addAll(host.process(endpoint.process(), locked, files));
            case OPAQUE -> {}
        }
        checks.addAll(live(Observation.of(config, endpoint).facts()));
        checks.addAll(new ProbeChecks(policies).run(recorded.probes(), Probes.take(config, endpoint)));
        checks.addAll(new LogprobChecks(lock, policies).run(config, endpoint, recorded.logprobs(), checks));
        return checks;
    }

    private List<Check> live(LayerFacts observed) {
        return Comparison.of(lock, "observed", observed.byLayer(), Check.Step.LIVE, policies).stream()
                .filter(check -> !NoteComparison.isNote(check.layer(), check.field()))
                .map(check -> lock.layer(check.layer()).applicable() ? check : unexpected(check))
                .toList();
    }

    /** A stack that was locked without a layer must not have one now. */
    private static Check unexpected(Check check) {
        return new Check(
                check.layer(),
                check.step(),
                check.field(),
                Check.Outcome.MISMATCH,
                check.policy(),
                "",
                check.actual(),
                "the lock says that the stack has no such layer");
    }

    Set<Layer> floor() {
        return config.floor().orElseGet(() -> switch (config.visibility()) {
            case VISIBLE -> pinnedLayers();
            case OPAQUE -> Set.of();
        });
    }

    private Set<Layer> pinnedLayers() {
        return Arrays.stream(Layer.values())
                .filter(layer -> !lock.layer(layer).pinned().isEmpty())
                .filter(layer -> !NEVER_IN_SHIPPED_FLOOR.contains(layer))
                .collect(Collectors.toSet());
    }
}
