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
    SourceFacts read(String role, Hashing hashing);

    /** Reads it on all cores, without the chunks of its files. */
    default SourceFacts read(String role) {
        return read(role, Hashing.onAllCores().withoutChunks());
    }

    /** Returns the files of it that are locked as a whole, by their paths in it; of one that is a file itself, that is empty. */
    SortedMap<String, Path> parts();

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
        public SourceFacts read(String role, Hashing hashing) {
            return BlobName.checked(file, role, GgufLayers.facts(file, role, hashing));
        }

        @Override
        public SortedMap<String, Path> parts() {
            List<Path> shards = files();
            SortedMap<String, Path> parts = new TreeMap<>();
            shards.forEach(shard -> parts.put(shards.size() == 1 ? "" : String.valueOf(shard.getFileName()), shard));
            return parts;
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
            return List.copyOf(parts().values());
        }

        @Override
        public SortedMap<String, Path> parts() {
            return listing().files();
        }

        @Override
        public SourceFacts read(String role, Hashing hashing) {
            return HubCache.isSnapshot(folder)
                    ? HubCache.snapshot(folder).read(role, FileSelection.EVERYTHING, hashing)
                    : ModelFolder.read(listing(), role, FileSelection.EVERYTHING, hashing)
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
            return List.copyOf(parts().values());
        }

        @Override
        public SortedMap<String, Path> parts() {
            return snapshot().listing().files();
        }

        @Override
        public SourceFacts read(String role, Hashing hashing) {
            return snapshot().read(role, selection, hashing);
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
        public SourceFacts read(String role, Hashing hashing) {
            return OllamaParts.read(OllamaManifest.read(store, model), role);
        }

        /** Its blobs are small, less those that are sources of their own. */
        @Override
        public SortedMap<String, Path> parts() {
            return new TreeMap<>();
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
