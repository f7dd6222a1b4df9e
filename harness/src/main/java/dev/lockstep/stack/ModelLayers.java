package dev.lockstep.stack;

import dev.lockstep.lock.Layer;
import dev.lockstep.lock.ModelSource;
import dev.lockstep.lock.SourceFacts;
import dev.lockstep.lock.TensorDigests;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the model files hold, layer by layer; each is read once, however often it is asked for. */
final class ModelLayers {
    private final Map<Key, SourceFacts> known = new HashMap<>();
    private final SourceReader reader;

    private record Key(ModelSource source, String role) {}

    /** Reads one source in a role. */
    @FunctionalInterface
    interface SourceReader {
        SourceFacts read(ModelSource source, String role);
    }

    /** Reads all bytes. */
    ModelLayers() {
        this(ModelSource::read);
    }

    ModelLayers(SourceReader reader) {
        this.reader = reader;
    }

    /** Returns the proof that a file gives, together with its settings. */
    LayerFacts read(ModelFile file) {
        LayerFacts facts = new LayerFacts().putAll(source(file).proof());
        file.settings().forEach((name, value) -> facts.put(Layer.ADAPTERS, file.role() + "." + name, value));
        return facts;
    }

    /** Returns the tensors of each model that was read in a role, on the disk or by a process. */
    List<TensorDigests> tensors(String role) {
        return known.entrySet().stream()
                .filter(each -> each.getKey().role().equals(role))
                .map(each -> each.getValue().tensors())
                .toList();
    }

    /** Returns all that a file says, problems included. */
    SourceFacts source(ModelFile file) {
        Key key = new Key(file.source().normal(), file.role());
        return known.computeIfAbsent(key, unused -> reader.read(file.source(), file.role()));
    }
}
