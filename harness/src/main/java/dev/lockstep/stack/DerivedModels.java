package dev.lockstep.stack;

import dev.lockstep.derivation.DerivedModel;
import dev.lockstep.document.LockstepException;
import dev.lockstep.lock.TensorDigests;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds what lies here of the model that a stack serves, for its derivation. */
final class DerivedModels {

    private DerivedModels() {}

    static DerivedModel of(StackConfig config, Optional<LocalProcess> process, ModelLayers layers) {
        Optional<StackConfig.Files> served = process.filter(
                        each -> config.launch().isEmpty())
                .map(LaunchLine::of)
                .map(launch -> LaunchPaths.files(launch.params()).readable());
        StackConfig.Files files = served.map(config.files()::completedBy).orElseGet(config::files);
        boolean areScalesTold = config.launch().isPresent()
                || served.filter(each -> !each.adapters().isEmpty()).isPresent();
        List<ModelFile> parts = ModelFile.of(files);
        List<Path> paths = parts.stream()
                .filter(part -> part.isModel() || part.isProjector())
                .filter(part -> part.source().isHere())
                .flatMap(part -> part.source().files().stream())
                .toList();
        return new DerivedModel(
                tensors(parts.stream().filter(ModelFile::isModel).toList(), layers),
                tensors(parts.stream().filter(ModelFile::isProjector).toList(), layers),
                paths,
                files.adapters().stream()
                        .map(adapter -> new DerivedModel.LoadedAdapter(
                                adapter.path(), areScalesTold ? Optional.of(adapter.scale()) : Optional.empty()))
                        .toList());
    }

    /** What is damaged has a check of its own. */
    private static TensorDigests tensors(List<ModelFile> parts, ModelLayers layers) {
        TensorDigests tensors = TensorDigests.none();
        for (ModelFile part : parts) {
            try {
                tensors =
                        part.source().isHere() ? tensors.and(layers.source(part).tensors()) : tensors;
            } catch (LockstepException damaged) {
                return TensorDigests.none();
            }
        }
        return tensors;
    }
}
