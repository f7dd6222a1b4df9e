package dev.lockstep.derivation;

import dev.lockstep.lock.TensorDigest;
import dev.lockstep.lock.TensorDigests;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What lies here of the model that a stack serves.
 *
 * @param model its tensors; none when it cannot be read
 * @param projector those of the projector beside it
 * @param files where both lie
 * @param adapters what the server loads beside it, in the order of the launch
 */
public record DerivedModel(
        TensorDigests model, TensorDigests projector, List<Path> files, List<LoadedAdapter> adapters) {

    public DerivedModel {
        files = List.copyOf(files);
        adapters = List.copyOf(adapters);
    }

    /**
     * An adapter as the launch names it.
     *
     * @param scale empty where only the process could tell it
     */
    public record LoadedAdapter(Path path, Optional<Double> scale) {}

    /** Returns the tensors that can be held against a base: those of the projector only where the base has some like it. */
    TensorDigests comparableWith(TensorDigests base) {
        boolean isFolder = !TensorNames.areOfGguf(base.byName().keySet());
        return isFolder || !base.shared(projector).isEmpty() ? model.and(projector) : model;
    }

    /** Returns the tensors of a base that can be held against the model: without those of a projector that it does not have. */
    TensorDigests comparable(TensorDigests base) {
        boolean isFolder = !TensorNames.areOfGguf(base.byName().keySet());
        if (isFolder || !projector.byName().isEmpty()) {
            return base;
        }
        SortedMap<String, TensorDigest> ofText = new TreeMap<>(base.byName());
        ofText.keySet().removeIf(TensorNames::isOfProjector);
        return new TensorDigests(ofText);
    }
}
