package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.LayerState;
import dev.lockstep.lock.Lock;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Resolves a stack into a lock: proof from the disk, the operator's word, and what a live server says. */
public final class LockMaker {
    private static final Set<Layer> OPTIONAL_LAYERS = Set.of(Layer.PROCESSOR, Layer.ADAPTERS, Layer.DERIVATION);
    private static final Set<String> UNSAID_BY_LLAMA_CPP =
            Set.of("cacheTypes", "flashAttention", "threads", "batchSize");
    private static final Set<String> NOTHING_KNOWN = Set.of("value");

    private final Path home;
    private final String searchPath;

    /**
     * Names what a stack that is not running is resolved from.
     *
     * @param home the folder of the installed engines
     * @param searchPath the PATH along which the launcher finds video tools
     */
    public LockMaker(Path home, String searchPath) {
        this.home = home;
        this.searchPath = searchPath;
    }

    /**
     * Makes the lock of a stack. Its id is the same with and without a live endpoint.
     *
     * @param live what answers now; adds the observed values, and the engine where Lockstep did not start it
     * @throws dev.lockstep.document.LockstepException when a model file or the engine cannot be read
     */
    public Lock lock(StackConfig config, Optional<LiveEndpoint> live) {
        LayerFacts pinned = pinned(config, live);
        LayerFacts observed =
                live.map(endpoint -> Observation.of(config, endpoint)).orElseGet(LayerFacts::new);
        Map<Layer, LayerState> layers = new EnumMap<>(Layer.class);
        for (Layer layer : Layer.values()) {
            layers.put(layer, state(config, layer, pinned.fields(layer), observed.fields(layer)));
        }
        return new Lock(config.name(), layers);
    }

    private static LayerState state(
            StackConfig config, Layer layer, Map<String, JsonNode> pinned, Map<String, JsonNode> observed) {
        SortedMap<String, JsonNode> declared = config.declared().getOrDefault(layer, new TreeMap<>());
        boolean nothingHeld = pinned.isEmpty() && declared.isEmpty();
        return switch (config.visibility()) {
            case VISIBLE ->
                nothingHeld && observed.isEmpty() && OPTIONAL_LAYERS.contains(layer)
                        ? LayerState.notApplicable()
                        : LayerState.of(
                                pinned, declared, observed, unknown(config, layer, nothingHeld, observed.isEmpty()));
            case OPAQUE ->
                LayerState.of(pinned, declared, observed, nothingHeld && observed.isEmpty() ? NOTHING_KNOWN : Set.of());
        };
    }

    private static Set<String> unknown(StackConfig config, Layer layer, boolean nothingHeld, boolean nothingObserved) {
        boolean isUnsaid = config.engine() == Engine.LLAMA_CPP && layer == Layer.LAUNCH && nothingHeld;
        if (isUnsaid) {
            return UNSAID_BY_LLAMA_CPP;
        }
        return nothingHeld && nothingObserved ? NOTHING_KNOWN : Set.of();
    }

    private LayerFacts pinned(StackConfig config, Optional<LiveEndpoint> live) {
        return switch (config.visibility()) {
            case VISIBLE -> proof(config, live);
            case OPAQUE -> new LayerFacts();
        };
    }

    private LayerFacts proof(StackConfig config, Optional<LiveEndpoint> live) {
        LayerFacts proof = new LayerFacts();
        ModelLayers files = new ModelLayers();
        ModelFile.of(config.files())
                .forEach(file -> proof.putAll(files.read(file).byLayer()));
        config.launch()
                .ifPresentOrElse(
                        launch -> fromLaunch(launch, proof),
                        () -> process(live).ifPresent(process -> fromProcess(process, proof)));
        return proof;
    }

    private void fromLaunch(StackConfig.Launch launch, LayerFacts proof) {
        Path environment = launch.engineDirectory()
                .orElseGet(() -> home.resolve("engines").resolve(launch.packageName() + "-" + launch.version()));
        proof.putAll(Layer.ENGINE, EngineIdentity.ofEnvironment(environment, launch.packageName()))
                .putAll(Layer.LAUNCH, LaunchLine.of(launch.params()).fields())
                .putAll(videoTools(launch).byLayer());
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
        return live.map(LiveEndpoint::process).flatMap(evidence -> switch (evidence) {
            case ProcessEvidence.Seen(LocalProcess process) -> Optional.of(process);
            case ProcessEvidence.Unseen unseen -> Optional.empty();
        });
    }

    private static void fromProcess(LocalProcess process, LayerFacts proof) {
        LaunchLine launch = LaunchLine.of(process);
        EngineIdentity.of(process)
                .ifPresent(engine -> proof.putAll(Layer.ENGINE, engine.fields())
                        .putAll(Layer.LAUNCH, launch.fields())
                        .putAll(VideoTools.read(launch.params(), process.searchPath())
                                .byLayer()));
    }
}
