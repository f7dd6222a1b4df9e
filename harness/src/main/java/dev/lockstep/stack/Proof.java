package dev.lockstep.stack;

import dev.lockstep.derivation.Examination;
import dev.lockstep.derivation.Findings;
import dev.lockstep.document.Problem;
import dev.lockstep.document.ProblemsException;
import dev.lockstep.lock.ChunkTree;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.LayerState;
import dev.lockstep.lock.PythonPackages;
import dev.lockstep.lock.SourceFacts;
import dev.lockstep.lock.TensorDigests;
import dev.lockstep.lock.TensorStore;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What was read of a stack's files and process, and what of them could not be. */
final class Proof {
    private static final Set<Layer> OF_THE_PROCESS =
            Set.of(Layer.ENGINE, Layer.LAUNCH, Layer.ADAPTERS, Layer.PROCESSOR, Layer.PROVENANCE);
    private static final Map<Layer, Set<String>> BESIDE_A_WHOLE_MODEL = Map.of(
            Layer.ENGINE, Set.of(LayerState.EVERYTHING),
            Layer.LAUNCH, Set.of(LayerState.EVERYTHING),
            Layer.ADAPTERS, Set.of("file." + LayerState.EVERYTHING),
            Layer.PROCESSOR, Set.copyOf(VideoTools.PROGRAMS));
    private static final Set<Layer> OF_THE_MODEL = EnumSet.complementOf(
            EnumSet.of(Layer.ENGINE, Layer.LAUNCH, Layer.ADAPTERS, Layer.DERIVATION, Layer.HARDWARE));

    private final ModelLayers files;
    private final LayerFacts facts = new LayerFacts();
    private final LayerFacts notes = new LayerFacts();
    private final List<TensorDigests> tensors = new ArrayList<>();
    private final List<ChunkTree> chunks = new ArrayList<>();
    private final Map<Layer, SortedSet<String>> unknown = new EnumMap<>(Layer.class);

    Proof(ModelLayers files) {
        this.files = files;
    }

    LayerFacts facts() {
        return facts;
    }

    /** Returns what the files tell that changes no answer. */
    LayerFacts notes() {
        return notes;
    }

    /** Returns the names of fields of a layer that could not be read. */
    Set<String> unknown(Layer layer) {
        return unknown.getOrDefault(layer, new TreeSet<>());
    }

    /** Returns the tensors of all that was read, and of the models that the stack's model came from. */
    List<TensorDigests> tensors() {
        return List.copyOf(tensors);
    }

    /** Returns the chunks of large files. */
    List<ChunkTree> chunks() {
        return List.copyOf(chunks);
    }

    /** Reads what a derivation names, and holds the model against it; a stack that shows nothing has only words for it. */
    Proof readDerivation(StackConfig config, Optional<LocalProcess> process) {
        if (config.derivation().steps().isEmpty() || config.visibility() == StackConfig.Visibility.OPAQUE) {
            return this;
        }
        Findings found = Examination.whenLocking(
                config.derivation(),
                DerivedModels.of(config, process, files),
                config.policies(),
                TensorStore.of(config.file()));
        facts.putAll(Layer.DERIVATION, found.facts());
        names(Layer.DERIVATION).addAll(found.gaps().keySet());
        tensors.addAll(found.tensors());
        return this;
    }

    Proof readFiles(StackConfig.Files named) {
        return read(ModelFile.of(named), named.packages());
    }

    /** Reads the files that nothing is wrong with, or says of all what is. */
    private Proof read(List<ModelFile> named, Optional<StackConfig.Packages> packages) {
        List<Problem> problems = new ArrayList<>();
        for (ModelFile file : named) {
            SourceFacts source = files.source(file);
            source.problems().forEach(problem -> problems.add(problem.problem()));
            facts.putAll(files.read(file).byLayer());
            notes.putAll(Layer.PROVENANCE, source.notes());
            tensors.add(source.tensors());
            chunks.addAll(source.chunks());
        }
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
        packages.ifPresent(each -> facts.putAll(Layer.ENGINE, PythonPackages.identities(each.folder(), each.names())));
        return this;
    }

    /**
     * Proves a stack that Lockstep does not start by the process that serves it.
     *
     * <p>What only the process can tell is unknown while it cannot be read, and so are the layers of a model that nobody
     * names: an unchanged server must not break a lock that was made without a look at it.
     */
    static Proof ofForeign(StackConfig.Files named, Optional<LocalProcess> process, ModelLayers files) {
        Optional<EngineIdentity> engine = process.flatMap(EngineIdentity::of);
        Proof proof = engine.isPresent()
                ? new Proof(files).fromProcess(process.orElseThrow(), engine.get(), named)
                : new Proof(files).withoutProcess(named);
        if (!proof.facts.has(Layer.WEIGHTS)) {
            OF_THE_MODEL.forEach(proof::everythingIsUnknown);
        }
        return proof;
    }

    private Proof withoutProcess(StackConfig.Files named) {
        read(ModelFile.of(named).stream().map(ModelFile::withoutSettings).toList(), named.packages());
        if (named.areWhole()) {
            BESIDE_A_WHOLE_MODEL.forEach((layer, fields) -> names(layer).addAll(fields));
            return this;
        }
        OF_THE_PROCESS.forEach(this::everythingIsUnknown);
        if (named.projector().isEmpty()) {
            OF_THE_MODEL.forEach(layer -> names(layer).add("projector." + LayerState.EVERYTHING));
        }
        return this;
    }

    private Proof fromProcess(LocalProcess process, EngineIdentity engine, StackConfig.Files named) {
        LaunchLine launch = LaunchLine.of(process);
        StackConfig.Files served = LaunchPaths.files(launch.params());
        readFiles(named.completedBy(served.readable()));
        if (!served.equals(served.readable())) {
            OF_THE_MODEL.forEach(this::everythingIsUnknown);
            everythingIsUnknown(Layer.ADAPTERS);
        }
        facts.putAll(Layer.ENGINE, engine.fields())
                .putAll(VideoTools.read(launch.params(), process.searchPath()).byLayer());
        return readLaunch(launch);
    }

    /** Reads the launch itself, and the files that it names beside the model. */
    Proof readLaunch(LaunchLine launch) {
        facts.putAll(Layer.LAUNCH, launch.fields());
        launch.named().forEach(this::add);
        return this;
    }

    private void add(NamedFile file) {
        file.digest()
                .ifPresentOrElse(
                        digest -> facts.put(file.layer(), file.field(), digest),
                        () -> names(file.layer()).add(file.field()));
    }

    private void everythingIsUnknown(Layer layer) {
        names(layer).add(LayerState.EVERYTHING);
    }

    private SortedSet<String> names(Layer layer) {
        return unknown.computeIfAbsent(layer, key -> new TreeSet<>());
    }
}
