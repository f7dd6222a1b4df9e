package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.lock.Hashing;
import dev.lockstep.lock.ImageReference;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.LayerState;
import dev.lockstep.lock.Lock;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Resolves a stack into a lock: proof from the disk, the operator's word, and what a live server says. */
public final class LockMaker {
    private static final Set<Layer> OPTIONAL_LAYERS = Set.of(Layer.PROCESSOR, Layer.ADAPTERS, Layer.DERIVATION);
    private static final Set<String> UNSAID_BY_LLAMA_CPP =
            Set.of("cacheTypes", "flashAttention", "threads", "batchSize");
    private static final Set<String> NOTHING_KNOWN = Set.of("value");

    private final Path home;
    private final String searchPath;
    private final TieredReading reading;

    /**
     * Names what a stack that is not running is resolved from.
     *
     * @param home the folder of the installed engines
     * @param searchPath the PATH along which the launcher finds video tools
     */
    public LockMaker(Path home, String searchPath) {
        this(home, searchPath, TieredReading.full(Hashing.onAllCores()));
    }

    /** Names the same, and how model files are read. */
    public LockMaker(Path home, String searchPath, TieredReading reading) {
        this.home = home;
        this.searchPath = searchPath;
        this.reading = reading;
    }

    /**
     * Makes the lock of a stack. Of one that Lockstep starts, its id is the same with and without a live endpoint; of any
     * other, engine and launch are proven by its process alone, and unknown without it.
     *
     * @param live what answers now; adds the observed values, and the engine where Lockstep did not start it
     * @throws dev.lockstep.document.LockstepException when a model file or the engine cannot be read, or the server fetches
     *     its model at each start
     */
    public Lock lock(StackConfig config, Optional<LiveEndpoint> live) {
        return resolve(config, live).lock();
    }

    /**
     * Makes the same lock, with what is kept beside it.
     *
     * @throws dev.lockstep.document.LockstepException also when the model is not what its derivation says
     */
    public ResolvedStack resolve(StackConfig config, Optional<LiveEndpoint> live) {
        Proof proof = proven(config, live);
        Observation seen = live.map(endpoint -> Observation.of(config, endpoint))
                .orElseGet(() -> new Observation(config.saved().observed(), Captures.none()));
        return resolved(config, proof, seen);
    }

    private static ResolvedStack resolved(StackConfig config, Proof proof, Observation seen) {
        return new ResolvedStack(lock(config, proof, seen.facts()), proof.tensors(), proof.chunks(), seen.captures());
    }

    private Proof proven(StackConfig config, Optional<LiveEndpoint> live) {
        Proof proof = proof(config, live);
        requireNotFetched(config, proof);
        return proof.readDerivation(config, process(live));
    }

    private static void requireNotFetched(StackConfig config, Proof proof) {
        SortedMap<String, JsonNode> launch = new TreeMap<>(config.declared(Layer.LAUNCH));
        launch.putAll(proof.facts().fields(Layer.LAUNCH));
        Optional<FetchedModel> fetched =
                config.engine() == Engine.LLAMA_CPP ? FetchedModel.in(launch) : Optional.empty();
        fetched.ifPresent(model -> {
            throw new LockstepException(ErrorKind.CONFIG, config.file() + ": " + model.problem());
        });
    }

    /** Makes the lock of each replica; where no process is seen, the files are read once for all. */
    public SequencedMap<String, ResolvedStack> resolve(StackConfig config, List<LiveReplica> replicas) {
        Map<Optional<Long>, Proof> proofs = new HashMap<>();
        SequencedMap<String, ResolvedStack> resolved = new LinkedHashMap<>();
        for (LiveReplica replica : replicas) {
            Optional<LiveEndpoint> live = Optional.of(replica.endpoint());
            Proof proof = proofs.computeIfAbsent(process(live).map(LocalProcess::pid), unused -> proven(config, live));
            resolved.put(replica.name(), resolved(config, proof, Observation.of(config, replica.endpoint())));
        }
        return resolved;
    }

    static Lock lock(StackConfig config, Proof proof, LayerFacts observed) {
        Map<Layer, LayerState> layers = new EnumMap<>(Layer.class);
        for (Layer layer : Layer.values()) {
            SortedMap<String, JsonNode> seen = new TreeMap<>(observed.fields(layer));
            seen.putAll(proof.notes().fields(layer));
            layers.put(layer, state(config, layer, proof, seen));
        }
        return new Lock(config.name(), layers);
    }

    private static LayerState state(StackConfig config, Layer layer, Proof proof, Map<String, JsonNode> observed) {
        Map<String, JsonNode> pinned = proof.facts().fields(layer);
        SortedMap<String, JsonNode> declared = config.declared(layer);
        boolean nothingHeld = pinned.isEmpty() && declared.isEmpty();
        Set<String> unknown = unknown(config, layer, nothingHeld, proof);
        boolean nothingTold = nothingHeld && observed.isEmpty() && unknown.isEmpty();
        boolean mayBeAbsent = config.visibility() == StackConfig.Visibility.VISIBLE && OPTIONAL_LAYERS.contains(layer);
        if (nothingTold && mayBeAbsent) {
            return LayerState.notApplicable();
        }
        return LayerState.of(pinned, declared, observed, nothingTold ? NOTHING_KNOWN : unknown);
    }

    private static Set<String> unknown(StackConfig config, Layer layer, boolean nothingHeld, Proof proof) {
        Set<String> unknown = new TreeSet<>(proof.unknown(layer));
        unknown.addAll(config.saved().unknown(layer));
        if (nothingHeld && isSilentLaunch(config, layer)) {
            unknown.addAll(UNSAID_BY_LLAMA_CPP);
        }
        Map<String, JsonNode> declared = config.declared(layer);
        if (layer == Layer.ENGINE && ImageReference.isWithoutDigest(declared)) {
            unknown.add(ImageReference.DIGEST);
        }
        return unknown;
    }

    private static boolean isSilentLaunch(StackConfig config, Layer layer) {
        return config.visibility() == StackConfig.Visibility.VISIBLE
                && config.engine() == Engine.LLAMA_CPP
                && layer == Layer.LAUNCH;
    }

    private Proof proof(StackConfig config, Optional<LiveEndpoint> live) {
        ModelLayers files = new ModelLayers(reading);
        return switch (config.visibility()) {
            case VISIBLE ->
                config.launch()
                        .map(launch -> fromLaunch(launch, new Proof(files).readFiles(config.files())))
                        .orElseGet(() -> Proof.ofForeign(config.files(), process(live), files));
            case OPAQUE -> new Proof(files);
        };
    }

    private Proof fromLaunch(StackConfig.Launch launch, Proof proof) {
        Path environment = launch.engineDirectory()
                .orElseGet(() -> home.resolve("engines").resolve(launch.packageName() + "-" + launch.version()));
        proof.facts()
                .putAll(Layer.ENGINE, EngineIdentity.ofEnvironment(environment, launch.packageName()))
                .putAll(videoTools(launch).byLayer());
        return proof.readLaunch(LaunchLine.of(launch.params()));
    }

    private LayerFacts videoTools(StackConfig.Launch launch) {
        LayerFacts onPath = VideoTools.read(launch.params(), searchPath);
        if (onPath.has(Layer.PROCESSOR)) {
            return onPath;
        }
        Path installed = home.resolve("tools").resolve("ffmpeg");
        return VideoTools.read(launch.params(), installed.toString());
    }

    private static Optional<LocalProcess> process(Optional<LiveEndpoint> live) {
        return live.map(LiveEndpoint::process).flatMap(ProcessEvidence::seen);
    }
}
