package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.client.EndpointConfig;
import dev.lockstep.derivation.Derivation;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Policies;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The intent of a stack, as people write it in {@code stack.yaml}.
 *
 * @param file where it was read from; relative paths in it start at its folder
 * @param model the name that requests carry
 * @param request fields merged into every chat request
 * @param launch present only for stacks that Lockstep starts
 * @param declared the operator's word, by layer and field
 * @param derivation how the model came from another one
 * @param saved what files tell that were saved where the stack is served
 * @param policies what a mismatch means: shipped ones, and the stack's own in their place
 * @param floor layers that must be verified; empty for the shipped default
 * @param evidence which evidence from another host counts
 */
public record StackConfig(
        Path file,
        String name,
        Engine engine,
        String model,
        Visibility visibility,
        Endpoint endpoint,
        ObjectNode request,
        Files files,
        Optional<Launch> launch,
        Map<Layer, SortedMap<String, JsonNode>> declared,
        Derivation derivation,
        SavedFacts saved,
        Policies policies,
        Optional<Set<Layer>> floor,
        EvidenceRules evidence) {

    public StackConfig {
        request = request.deepCopy();
        declared = Collections.unmodifiableMap(new TreeMap<>(declared));
        floor = floor.map(layers -> layers.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(layers)));
    }

    @Override
    public ObjectNode request() {
        return request.deepCopy();
    }

    /** Returns the same stack, for which other evidence counts. */
    public StackConfig withEvidence(EvidenceRules other) {
        return new StackConfig(
                file,
                name,
                engine,
                model,
                visibility,
                endpoint,
                request,
                files,
                launch,
                declared,
                derivation,
                saved,
                policies,
                floor,
                other);
    }

    /** Returns all that is declared of a layer, in words of the operator's own and in files that the operator names. */
    SortedMap<String, JsonNode> declared(Layer layer) {
        return saved.under(declared).fields(layer);
    }

    /** How much of a stack can be read. */
    public enum Visibility {
        /** Its files, its process and its identity endpoints. */
        VISIBLE,
        /** Nothing but its chat endpoint. */
        OPAQUE
    }

    /**
     * Where the stack is asked.
     *
     * @param url where samples go; empty when it is managed, known only after {@code lockstep stack up}, or when they go to the
     *     listed replicas themselves
     * @param settings everything else; its URL counts only when {@code url} is present
     * @param replicas the servers behind it
     */
    public record Endpoint(Optional<URI> url, EndpointConfig settings, Replicas replicas) {
        public boolean managed() {
            return url.isEmpty() && replicas.listed().isEmpty();
        }

        public EndpointConfig at(URI running) {
            return settings.withUrl(running);
        }
    }

    /**
     * What the model is made of, all paths absolute.
     *
     * @param weights a GGUF file, any shard of one, or a folder in Hugging Face's layout
     * @param origin the store that the model lies in, where no path names it
     * @param packages Python packages beside the engine's own
     */
    public record Files(
            Optional<Path> weights,
            Optional<Path> projector,
            List<Adapter> adapters,
            Optional<ModelOrigin> origin,
            Optional<Packages> packages) {
        public Files {
            adapters = List.copyOf(adapters);
        }

        /** Names files by their paths alone. */
        public Files(Optional<Path> weights, Optional<Path> projector, List<Adapter> adapters) {
            this(weights, projector, adapters, Optional.empty(), Optional.empty());
        }

        /** Tells whether anything says which model it is. */
        public boolean nameModel() {
            return weights.isPresent() || origin.isPresent();
        }

        /** Tells whether they name all that a server loads of a model; beside a GGUF file, only its process can. */
        boolean areWhole() {
            return origin.isPresent()
                    || weights.filter(java.nio.file.Files::isDirectory).isPresent();
        }

        /** Puts the files of a process where none are named; only it tells the scales of its adapters. */
        Files completedBy(Files process) {
            return new Files(
                    origin.isPresent() ? weights : weights.or(process::weights),
                    projector.or(process::projector),
                    process.adapters().isEmpty() ? adapters : process.adapters(),
                    origin,
                    packages);
        }

        /** Leaves out what cannot be read here. */
        Files readable() {
            return new Files(
                    weights.filter(Files::isReadable),
                    projector.filter(Files::isReadable),
                    adapters.stream()
                            .filter(adapter -> isReadable(adapter.path()))
                            .toList(),
                    origin,
                    packages);
        }

        private static boolean isReadable(Path file) {
            boolean isThere = java.nio.file.Files.isRegularFile(file) || java.nio.file.Files.isDirectory(file);
            return isThere && java.nio.file.Files.isReadable(file);
        }
    }

    /**
     * Python packages that the lock must prove.
     *
     * @param folder an environment's {@code site-packages}
     */
    public record Packages(Path folder, List<String> names) {
        public Packages {
            names = List.copyOf(names);
        }
    }

    /** A LoRA adapter and the factor of its effect. */
    public record Adapter(Path path, double scale) {}

    /**
     * What the embedded launcher starts.
     *
     * @param modelPackage the launcher's name of a package that carries the model, for a model file that is not there yet
     * @param params engine parameters by attribute path, file paths absolute
     * @param engineDirectory a virtual environment to use in place of the pinned one
     */
    public record Launch(
            String packageName,
            String version,
            boolean opaque,
            Optional<String> modelPackage,
            SortedMap<String, JsonNode> params,
            Optional<Path> engineDirectory) {
        public Launch {
            params = Collections.unmodifiableSortedMap(new TreeMap<>(params));
        }
    }
}
