package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.LayerTable;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.ModelSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which layers of two stacks can be exchanged, and why not the others.
 *
 * @param units what is exchanged together, in the order of a prompt's way
 * @param differing the layers in these that differ
 * @param keptOut the layers that differ and cannot be exchanged, each with the reason
 */
public record SubstitutionPlan(List<Set<Layer>> units, Set<Layer> differing, Map<Layer, String> keptOut) {
    private static final String ALIGNMENT = ".general.alignment";

    public SubstitutionPlan {
        units = List.copyOf(units);
        differing = Collections.unmodifiableSet(new TreeSet<>(differing));
        EnumMap<Layer, String> copy = new EnumMap<>(Layer.class);
        copy.putAll(keptOut);
        keptOut = Collections.unmodifiableMap(copy);
    }

    /**
     * A stack that Lockstep starts, and its lock.
     *
     * @param config its {@code launch} is present
     */
    public record Side(StackConfig config, Lock lock) {
        private StackConfig.Launch launch() {
            return config.launch().orElseThrow();
        }

        private Optional<Path> file(String param) {
            return LaunchPaths.path(Map.copyOf(launch().params()), param);
        }
    }

    /** Compares the locks, layer by layer; the digest of a whole file (provenance) follows from its parts. */
    public static SubstitutionPlan of(Side base, Side other) {
        EnumSet<Layer> differing = EnumSet.noneOf(Layer.class);
        Map<Layer, String> keptOut = new EnumMap<>(Layer.class);
        for (LayerTable.Row row : LayerTable.of(base.lock(), other.lock())) {
            if (row.moved() && row.layer() != Layer.PROVENANCE) {
                whyNot(row.layer(), base, other)
                        .ifPresentOrElse(why -> keptOut.put(row.layer(), why), () -> differing.add(row.layer()));
            }
        }
        return new SubstitutionPlan(units(differing, together(base, other)), differing, keptOut);
    }

    private static List<Set<Layer>> units(EnumSet<Layer> differing, Set<Layer> together) {
        List<Set<Layer>> units = new ArrayList<>();
        Set<Layer> open = EnumSet.copyOf(differing);
        for (Layer layer : differing) {
            if (open.contains(layer)) {
                Set<Layer> unit = together.contains(layer) ? EnumSet.copyOf(together) : EnumSet.of(layer);
                open.removeAll(unit);
                units.add(Collections.unmodifiableSet(unit));
            }
        }
        return units;
    }

    /**
     * The type of a tensor is a part of its data, and so is how it is aligned; a projector that only one side has brings layers
     * of its own.
     */
    private static Set<Layer> together(Side base, Side other) {
        Set<Layer> together = EnumSet.of(Layer.WEIGHTS, Layer.QUANTIZATION);
        boolean isOneSided = base.file(LaunchPaths.PROJECTOR).isPresent()
                != other.file(LaunchPaths.PROJECTOR).isPresent();
        if (isOneSided) {
            together.addAll(EnumSet.of(Layer.MODEL_CONFIG, Layer.PROCESSOR));
        }
        if (!alignment(base).equals(alignment(other))) {
            together.add(Layer.MODEL_CONFIG);
        }
        return together;
    }

    private static Map<String, JsonNode> alignment(Side side) {
        Map<String, JsonNode> alignment =
                new TreeMap<>(side.lock().layer(Layer.MODEL_CONFIG).pinned());
        alignment.keySet().removeIf(field -> !field.endsWith(ALIGNMENT));
        return alignment;
    }

    private static Optional<String> whyNot(Layer layer, Side base, Side other) {
        if (base.lock().layer(layer).pinned().equals(other.lock().layer(layer).pinned())) {
            return Optional.of("only the words of stack.yaml differ");
        }
        return switch (layer) {
            case PROVENANCE, DERIVATION -> Optional.of("it tells of files, and is no part of them");
            case HARDWARE -> Optional.of("both run on this machine");
            case ENGINE ->
                base.launch().packageName().equals(other.launch().packageName())
                        ? Optional.empty()
                        : Optional.of("another package serves, which takes another launch");
            case ADAPTERS, LAUNCH -> Optional.empty();
            case WEIGHTS, QUANTIZATION, TOKENIZER, TEMPLATE, MODEL_CONFIG, PROCESSOR, GENERATION_DEFAULTS ->
                unspliceable(base).or(() -> unspliceable(other));
        };
    }

    private static Optional<String> unspliceable(Side side) {
        return side.file(LaunchPaths.MODEL)
                .filter(file -> ModelSource.at(file).files().size() != 1)
                .map(file -> file + " is not one GGUF file");
    }

    /**
     * Tells what is wrong with the lock of a stack that should be the base but for these layers; empty when nothing is.
     *
     * @param layers those of the other side
     */
    public static Optional<String> fault(Side base, Side other, Set<Layer> layers, Lock mixed) {
        for (Layer layer : Layer.values()) {
            Lock expected = layers.contains(layer) ? other.lock() : base.lock();
            if (layer != Layer.PROVENANCE && differs(layer, expected, mixed)) {
                return Optional.of(layer + " of the stack that was made is not the one it was made of");
            }
        }
        return Optional.empty();
    }

    private static boolean differs(Layer layer, Lock expected, Lock mixed) {
        return LayerTable.of(expected, mixed).stream()
                .filter(row -> row.layer() == layer)
                .anyMatch(LayerTable.Row::moved);
    }
}
