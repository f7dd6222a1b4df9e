package dev.lockstep.lock;

import dev.lockstep.document.LockstepException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where the bytes of a part of a stack lie: a model, its projector, an adapter. */
public sealed interface ModelSource {

    /** Returns the source at a path: a folder in Hugging Face's layout, else a GGUF file. */
    static ModelSource at(Path path) {
        return Files.isDirectory(path) ? new Folder(path) : new Gguf(path);
    }

    /** Tells whether this machine can read it at all. */
    boolean isHere();

    /** Returns the files that it is made of, as far as they are there. */
    List<Path> files();

    /**
     * Reads it.
     *
     * @param role the prefix of its fields in the lock
     * @throws dev.lockstep.document.LockstepException of kind CONFIG when it cannot be read as what it should be
     */
    SourceFacts read(String role);

    /** Returns the same source under the one spelling of its path. */
    default ModelSource normal() {
        return this;
    }

    /** A GGUF file, or any shard of one. */
    record Gguf(Path file) implements ModelSource {
        @Override
        public ModelSource normal() {
            return new Gguf(file.toAbsolutePath().normalize());
        }

        @Override
        public boolean isHere() {
            return Files.isReadable(file);
        }

        @Override
        public List<Path> files() {
            return GgufShards.of(file);
        }

        @Override
        public SourceFacts read(String role) {
            return BlobName.checked(file, role, GgufLayers.facts(file, role));
        }

        @Override
        public String toString() {
            return file.toString();
        }
    }

    /** A folder in Hugging Face's layout. */
    record Folder(Path folder) implements ModelSource {
        @Override
        public ModelSource normal() {
            return new Folder(folder.toAbsolutePath().normalize());
        }

        @Override
        public boolean isHere() {
            return Files.isReadable(folder);
        }

        @Override
        public List<Path> files() {
            return List.copyOf(listing().files().values());
        }

        @Override
        public SourceFacts read(String role) {
            return HubCache.isSnapshot(folder)
                    ? HubCache.snapshot(folder).read(role, FileSelection.EVERYTHING)
                    : ModelFolder.read(listing(), role, FileSelection.EVERYTHING)
                            .facts();
        }

        private FolderListing listing() {
            return HubCache.isSnapshot(folder) ? HubCache.snapshot(folder).listing() : FolderListing.of(folder);
        }

        @Override
        public String toString() {
            return folder.toString();
        }
    }

    /**
     * A revision of a repository in a cache of huggingface_hub.
     *
     * @param revision branch, tag or commit
     */
    record Hub(Path cache, String repo, String revision, FileSelection selection) implements ModelSource {
        @Override
        public boolean isHere() {
            return Files.isReadable(cache);
        }

        @Override
        public List<Path> files() {
            return List.copyOf(snapshot().listing().files().values());
        }

        @Override
        public SourceFacts read(String role) {
            return snapshot().read(role, selection);
        }

        private HubSnapshot snapshot() {
            return new HubCache(cache).snapshot(repo, revision);
        }

        @Override
        public String toString() {
            return repo + " in " + cache;
        }
    }

    /** What an Ollama store keeps of a model beside its GGUF files: template, parameters, system prompt, configuration. */
    record Ollama(Path store, String model) implements ModelSource {
        @Override
        public boolean isHere() {
            return Files.isReadable(store);
        }

        @Override
        public List<Path> files() {
            return OllamaManifest.read(store, model).layers().stream()
                    .map(OllamaManifest.Part::blob)
                    .toList();
        }

        @Override
        public SourceFacts read(String role) {
            return OllamaParts.read(OllamaManifest.read(store, model), role);
        }

        /** Returns its GGUF files by role; none when the store has no such model. */
        public SortedMap<String, ModelSource> ggufFiles() {
            try {
                return OllamaParts.ggufFiles(OllamaManifest.read(store, model));
            } catch (LockstepException e) {
                return new TreeMap<>();
            }
        }

        /** Tells whether Ollama would take this as a model's name. */
        public static boolean isName(String text) {
            return OllamaName.of(text).isPresent();
        }

        @Override
        public String toString() {
            return model + " in " + store;
        }
    }
}
