package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.lock.GgufSplice;
import dev.lockstep.lock.Layer;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A stack in which some layers are those of another, to see what each of them does to answers.
 *
 * <p>What lies inside of a GGUF file is exchanged by writing one of both; engine, launch and adapters by starting in another way.
 */
public final class Substitution {
    private static final Set<Layer> IN_FILES = EnumSet.of(
            Layer.WEIGHTS,
            Layer.QUANTIZATION,
            Layer.TOKENIZER,
            Layer.TEMPLATE,
            Layer.MODEL_CONFIG,
            Layer.PROCESSOR,
            Layer.GENERATION_DEFAULTS);

    private final StackConfig base;
    private final StackConfig other;
    private final Path folder;

    /**
     * Names both stacks, which Lockstep starts.
     *
     * @param folder where files that are made of both are written
     */
    public Substitution(StackConfig base, StackConfig other, Path folder) {
        this.base = base;
        this.other = other;
        this.folder = folder;
    }

    /** Returns how to start the base with layers of the other; writes the files that this needs. */
    public LaunchOverrides with(Set<Layer> layers) {
        SortedMap<String, JsonNode> params = new TreeMap<>();
        for (String param : names()) {
            if (layers.contains(owner(param))) {
                params.put(param, value(other, param));
            }
        }
        params.putAll(files(layers));
        return new LaunchOverrides(
                Optional.empty(),
                layers.contains(Layer.ENGINE) ? Optional.of(launch(other).version()) : Optional.empty(),
                layers.contains(Layer.ENGINE) ? launch(other).engineDirectory() : Optional.empty(),
                params);
    }

    private SortedMap<String, JsonNode> files(Set<Layer> layers) {
        SortedMap<String, JsonNode> files = new TreeMap<>();
        Set<Layer> exchanged = EnumSet.copyOf(IN_FILES);
        exchanged.retainAll(layers);
        if (!exchanged.isEmpty()) {
            file(LaunchPaths.MODEL, "model", exchanged)
                    .ifPresent(file -> files.put(LaunchPaths.MODEL, TextNode.valueOf(file.toString())));
            file(LaunchPaths.PROJECTOR, "projector", exchanged)
                    .ifPresent(file -> files.put(LaunchPaths.PROJECTOR, TextNode.valueOf(file.toString())));
        }
        return files;
    }

    /** A file that only one of them has goes with the processor, as any other parameter goes with its layer. */
    private Optional<Path> file(String param, String role, Set<Layer> exchanged) {
        Optional<Path> own = path(base, param);
        Optional<Path> others = path(other, param);
        if (own.isEmpty() || others.isEmpty()) {
            return Optional.empty();
        }
        Path place = folder.resolve(name(exchanged)).resolve(role);
        Path target = place.resolve(own.get().getFileName());
        GgufSplice.write(own.get(), others.get(), exchanged, role, target);
        return Optional.of(target);
    }

    private static String name(Set<Layer> layers) {
        return String.join("-", layers.stream().map(Layer::key).toList());
    }

    private Set<String> names() {
        Set<String> names = new TreeSet<>(launch(base).params().keySet());
        names.addAll(launch(other).params().keySet());
        return names;
    }

    private Layer owner(String param) {
        return switch (param) {
            case LaunchPaths.MODEL -> Layer.PROVENANCE;
            case LaunchPaths.PROJECTOR -> isOneSided(param) ? Layer.PROCESSOR : Layer.PROVENANCE;
            case LaunchPaths.VIDEO_TOOLS -> Layer.PROCESSOR;
            case LaunchPaths.ADAPTERS -> Layer.ADAPTERS;
            default -> Layer.LAUNCH;
        };
    }

    private boolean isOneSided(String param) {
        return path(base, param).isPresent() != path(other, param).isPresent();
    }

    private static JsonNode value(StackConfig config, String param) {
        return launch(config).params().getOrDefault(param, NullNode.getInstance());
    }

    private static Optional<Path> path(StackConfig config, String param) {
        Map<String, JsonNode> params = launch(config).params();
        return LaunchPaths.path(params, param);
    }

    private static StackConfig.Launch launch(StackConfig config) {
        return config.launch().orElseThrow();
    }
}
