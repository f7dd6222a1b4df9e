package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.LockstepException;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.Comparison;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.Policies;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** Compares model files with the pinned layers; what cannot be read, or not be trusted, is unverifiable field by field. */
final class FileChecks {
    private static final Set<Layer> MADE_OF_OTHER_THINGS = EnumSet.of(Layer.ENGINE, Layer.LAUNCH, Layer.HARDWARE);

    private final Lock lock;
    private final Policies policies;
    private final ModelLayers files;

    FileChecks(Lock lock, Policies policies, ModelLayers files) {
        this.lock = lock;
        this.policies = policies;
        this.files = files;
    }

    /** A file whose content proves nothing, and why. */
    record Doubt(ModelFile file, String why, Check.Outcome outcome) {}

    /** Compares the files that stack.yaml names; of a stack that Lockstep does not start, they need not be all. */
    List<Check> onDisk(StackConfig config) {
        List<ModelFile> named = ModelFile.of(config.files());
        if (config.files().weights().isEmpty()) {
            return List.of();
        }
        boolean isAll = config.launch().isPresent();
        return compare(named, List.of(), new LayerFacts(), Check.Step.DISK).stream()
                .filter(check -> !isVideoTool(check))
                .filter(check -> isAll || named.stream().anyMatch(file -> file.holds(check.field())))
                .toList();
    }

    /**
     * Compares files, and facts that stand beside them in the same layers.
     *
     * @param distrusted files that are not read at all
     */
    List<Check> compare(List<ModelFile> trusted, List<Doubt> distrusted, LayerFacts beside, Check.Step step) {
        List<Doubt> doubts = new ArrayList<>(distrusted);
        LayerFacts found = new LayerFacts().putAll(beside.byLayer());
        trusted.forEach(file -> read(file, found).ifPresent(doubts::add));
        Map<Layer, SortedMap<String, JsonNode>> all = withEveryFileLayer(found);
        return Comparison.of(lock, "pinned", all, step, policies).stream()
                .map(check -> doubted(check, doubts))
                .toList();
    }

    private Optional<Doubt> read(ModelFile file, LayerFacts found) {
        if (!Files.isReadable(file.path())) {
            return Optional.of(new Doubt(file, file.path() + " cannot be read here", Check.Outcome.UNVERIFIABLE));
        }
        try {
            found.putAll(files.read(file).byLayer());
            return Optional.empty();
        } catch (LockstepException damaged) {
            return Optional.of(new Doubt(file, String.valueOf(damaged.getMessage()), Check.Outcome.MISMATCH));
        }
    }

    /** An empty layer must be compared too: what the lock holds there is then missing. */
    private static Map<Layer, SortedMap<String, JsonNode>> withEveryFileLayer(LayerFacts found) {
        Map<Layer, SortedMap<String, JsonNode>> all = new EnumMap<>(Layer.class);
        EnumSet.complementOf(EnumSet.copyOf(MADE_OF_OTHER_THINGS))
                .forEach(layer -> all.put(layer, found.fields(layer)));
        return all;
    }

    static Check doubted(Check check, List<Doubt> doubts) {
        for (Doubt doubt : doubts) {
            if (doubt.file().owns(check.field())) {
                return new Check(
                        check.layer(),
                        check.step(),
                        check.field(),
                        doubt.outcome(),
                        check.policy(),
                        check.expected(),
                        "",
                        doubt.why());
            }
        }
        return check;
    }

    private static boolean isVideoTool(Check check) {
        return check.layer() == Layer.PROCESSOR && VideoTools.PROGRAMS.contains(check.field());
    }
}
