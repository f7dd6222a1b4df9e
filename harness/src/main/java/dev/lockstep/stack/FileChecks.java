package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.Comparison;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.NoteComparison;
import dev.lockstep.lock.Policies;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/** Compares model files with the pinned layers; what cannot be read, or not be trusted, is unverifiable field by field. */
final class FileChecks {
    private static final Set<Layer> MADE_OF_OTHER_THINGS =
            EnumSet.of(Layer.DERIVATION, Layer.ENGINE, Layer.LAUNCH, Layer.HARDWARE);

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
        List<Check> checks = new ArrayList<>(new PackageChecks(lock, policies).onDisk(config.files()));
        if (!config.files().nameModel()) {
            return checks;
        }
        List<ModelFile> named = ModelFile.of(config.files());
        FileReading reading = new FileReading(files).read(named);
        boolean isAll = config.launch().isPresent();
        compare(reading, List.of(), new LayerFacts(), Check.Step.DISK).stream()
                .filter(check -> !isVideoTool(check))
                .filter(check -> isAll || isHeld(check.field(), config.files(), named))
                .forEach(checks::add);
        checks.addAll(NoteComparison.of(lock, reading.notes(), reading::isOfRead, policies));
        return checks;
    }

    /** A store says of all parts of a model that there are; paths say it of those that they name. */
    private static boolean isHeld(String field, StackConfig.Files files, List<ModelFile> named) {
        boolean isOfStore = files.origin().filter(ModelOrigin::isComplete).isPresent();
        return named.stream().anyMatch(file -> file.holds(field)) || (isOfStore && ModelFile.isOfModel(field));
    }

    /**
     * Compares files, and facts that stand beside them in the same layers.
     *
     * @param distrusted files that are not read at all
     */
    List<Check> compare(List<ModelFile> trusted, List<Doubt> distrusted, LayerFacts beside, Check.Step step) {
        return compare(new FileReading(files).read(trusted), distrusted, beside, step);
    }

    private List<Check> compare(FileReading reading, List<Doubt> distrusted, LayerFacts beside, Check.Step step) {
        List<Doubt> doubts = new ArrayList<>(distrusted);
        doubts.addAll(reading.doubts());
        LayerFacts found =
                new LayerFacts().putAll(beside.byLayer()).putAll(reading.found().byLayer());
        return Comparison.of(lock, "pinned", withEveryFileLayer(found), step, policies).stream()
                .map(reading::explained)
                .map(check -> doubted(check, doubts))
                .toList();
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
                return check.as(doubt.outcome(), "", doubt.why());
            }
        }
        return check;
    }

    private static boolean isVideoTool(Check check) {
        return check.layer() == Layer.PROCESSOR && VideoTools.PROGRAMS.contains(check.field());
    }
}
