package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import dev.lockstep.lock.FileSelection;
import dev.lockstep.lock.ModelSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A part that a stack's model is made of.
 *
 * @param role what it is for, and the prefix of its fields in the lock: {@code model}, {@code projector}, {@code adapter.1}
 * @param settings further fields of its layer, such as the scale of an adapter
 */
record ModelFile(ModelSource source, String role, Map<String, JsonNode> settings) {
    private static final String MODEL = "model";
    private static final String PROJECTOR = "projector";
    private static final String ADAPTER = "adapter.";
    private static final List<String> ROLES = List.of("model.", "projector.", ADAPTER, "ollama.");

    ModelFile(ModelSource source, String role) {
        this(source, role, Map.of());
    }

    /** Tells whether this is the model itself, not what stands beside it. */
    boolean isModel() {
        return role.equals(MODEL);
    }

    boolean isProjector() {
        return role.equals(PROJECTOR);
    }

    static List<ModelFile> of(StackConfig.Files files) {
        List<ModelFile> all = new ArrayList<>();
        files.weights().ifPresent(path -> all.add(new ModelFile(ModelSource.at(path), MODEL)));
        files.origin().ifPresent(origin -> all.addAll(of(origin)));
        files.projector().ifPresent(path -> all.add(new ModelFile(ModelSource.at(path), PROJECTOR)));
        long number =
                all.stream().filter(file -> file.role().startsWith(ADAPTER)).count();
        for (StackConfig.Adapter adapter : files.adapters()) {
            number++;
            Map<String, JsonNode> scale = Map.of("scale", DoubleNode.valueOf(adapter.scale()));
            all.add(new ModelFile(ModelSource.at(adapter.path()), ADAPTER + number, scale));
        }
        return all;
    }

    private static List<ModelFile> of(ModelOrigin origin) {
        return switch (origin) {
            case ModelOrigin.Hub hub -> of(hub);
            case ModelOrigin.Ollama(var model, var store) -> of(new ModelSource.Ollama(store, model));
        };
    }

    private static List<ModelFile> of(ModelOrigin.Hub hub) {
        Optional<String> other = hub.tokenizerRevision().filter(revision -> !revision.equals(hub.revision()));
        FileSelection selection = other.isPresent() ? FileSelection.NO_TOKENIZER : FileSelection.EVERYTHING;
        List<ModelFile> files = new ArrayList<>();
        files.add(new ModelFile(source(hub, hub.revision(), selection), MODEL));
        other.ifPresent(
                revision -> files.add(new ModelFile(source(hub, revision, FileSelection.TOKENIZER), "tokenizer")));
        return files;
    }

    private static ModelSource source(ModelOrigin.Hub hub, String revision, FileSelection selection) {
        return new ModelSource.Hub(hub.cacheDir(), hub.repo(), revision, selection);
    }

    private static List<ModelFile> of(ModelSource.Ollama ollama) {
        List<ModelFile> files = new ArrayList<>();
        ollama.ggufFiles().forEach((role, source) -> files.add(new ModelFile(source, role)));
        files.add(new ModelFile(ollama, "ollama"));
        return files;
    }

    ModelFile withoutSettings() {
        return new ModelFile(source, role);
    }

    /** Tells whether a field of the lock speaks of a model, its projector or an adapter. */
    static boolean isOfModel(String field) {
        return ROLES.stream().anyMatch(field::startsWith);
    }

    /** Tells whether a field of the lock speaks of what is in this file, and not of how the server uses it. */
    boolean holds(String field) {
        return owns(field) && !settings.containsKey(field.substring(role.length() + 1));
    }

    /** Tells whether a field of the lock speaks of this file. */
    boolean owns(String field) {
        return field.startsWith(role + ".");
    }
}
