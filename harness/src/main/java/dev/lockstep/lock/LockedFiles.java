package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Tells whether files are still as a lock says, by their own digests and no further than a tier asks.
 *
 * <p>It speaks of GGUF files and of plain folders; of anything else, and of files that differ at all, it says nothing, and
 * they must be read.
 */
public final class LockedFiles {
    private static final Set<Layer> OF_FILES =
            EnumSet.complementOf(EnumSet.of(Layer.ENGINE, Layer.LAUNCH, Layer.HARDWARE));
    private static final String DIGEST = "sha256:";

    private final Lock lock;
    private final Tier tier;
    private final FileVerifier verifier;

    public LockedFiles(Lock lock, Tier tier, Hashing hashing) {
        this.lock = lock;
        this.tier = tier;
        this.verifier = new FileVerifier(hashing);
    }

    /**
     * Files that did not change.
     *
     * @param facts what the lock says of them
     * @param coverage what of them was read; empty when that is all
     */
    public record Unchanged(SourceFacts facts, String coverage) {}

    /** Compares the files of a source; empty when any of them differs, or nothing can be said. */
    public Optional<Unchanged> unchanged(ModelSource source, String role) {
        return switch (source) {
            case ModelSource.Gguf(Path file) -> unchanged(role, shards(file, role), new TreeMap<>());
            case ModelSource.Folder(Path folder) -> ofFolder(folder, role);
            case ModelSource.Hub hub -> Optional.empty();
            case ModelSource.Ollama ollama -> Optional.empty();
        };
    }

    private Optional<Unchanged> unchanged(
            String role, SortedMap<Path, FileDigest> expected, SortedMap<String, JsonNode> notes) {
        if (expected.isEmpty()) {
            return Optional.empty();
        }
        List<FileProof> proofs = verifier.verify(expected, tier);
        if (!proofs.stream().allMatch(FileProof::matches)) {
            return Optional.empty();
        }
        String coverage = proofs.stream()
                .filter(proof -> !(proof.coverage() instanceof Coverage.Full))
                .map(proof -> proof.file().getFileName() + " " + proof.coverage())
                .collect(Collectors.joining("; "));
        String tensors = role + "." + FileFacts.TENSORS;
        Optional.ofNullable(lock.layer(Layer.PROVENANCE).observed().get(tensors))
                .ifPresent(root -> notes.put(tensors, root));
        return Optional.of(
                new Unchanged(new SourceFacts(fields(role), notes, List.of(), TensorDigests.none()), coverage));
    }

    private Optional<Unchanged> ofFolder(Path folder, String role) {
        if (HubCache.isSnapshot(folder)) {
            return Optional.empty();
        }
        FolderListing listing = FolderListing.of(folder);
        SortedMap<Path, FileDigest> expected = new TreeMap<>();
        SortedMap<String, JsonNode> notes = new TreeMap<>();
        Map<String, FileDigest> locked = entries(role);
        for (Map.Entry<String, Path> file : listing.files().entrySet()) {
            FileDigest digest = locked.remove(file.getKey());
            boolean isNote = FileUse.of(file.getKey()) instanceof FileUse.Note;
            if (isNote) {
                note(file, role, notes);
            } else if (digest == null) {
                return Optional.empty();
            } else {
                expected.put(file.getValue(), digest);
            }
        }
        boolean isWhole = locked.isEmpty() && listing.problems().isEmpty();
        return isWhole ? unchanged(role, expected, notes) : Optional.empty();
    }

    private static void note(Map.Entry<String, Path> file, String role, SortedMap<String, JsonNode> notes) {
        try {
            notes.put(
                    role + "." + FileFacts.FILE + file.getKey(),
                    FileEntry.of(file.getValue()).json());
        } catch (IOException unreadable) {
            notes.remove(file.getKey());
        }
    }

    private SortedMap<Path, FileDigest> shards(Path file, String role) {
        SortedMap<Path, FileDigest> expected = new TreeMap<>();
        List<Path> files = GgufShards.of(file);
        if (files.size() == 1) {
            whole(file, role).ifPresent(digest -> expected.put(file, digest));
            return expected;
        }
        Map<String, FileDigest> locked = entries(role);
        for (Path shard : files) {
            FileDigest digest = locked.get(String.valueOf(shard.getFileName()));
            if (digest == null) {
                return new TreeMap<>();
            }
            expected.put(shard, digest);
        }
        return expected;
    }

    /** The lock of a file that is not split has no size; its digest decides. */
    private Optional<FileDigest> whole(Path file, String role) {
        JsonNode digest = lock.layer(Layer.PROVENANCE).pinned().get(role + ".file");
        if (digest == null || !digest.asText().startsWith(DIGEST)) {
            return Optional.empty();
        }
        try {
            return Optional.of(FileDigest.of(Files.size(file), digest.asText().substring(DIGEST.length())));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Map<String, FileDigest> entries(String role) {
        String prefix = role + "." + FileFacts.FILE;
        Map<String, FileDigest> entries = new TreeMap<>();
        fields(role)
                .values()
                .forEach(fields -> fields.forEach((field, value) -> {
                    if (field.startsWith(prefix)) {
                        FileEntry.read(value)
                                .ifPresent(entry -> entries.put(
                                        field.substring(prefix.length()), FileDigest.of(entry.size(), entry.sha256())));
                    }
                }));
        return entries;
    }

    private Map<Layer, SortedMap<String, JsonNode>> fields(String role) {
        Map<Layer, SortedMap<String, JsonNode>> fields = new EnumMap<>(Layer.class);
        for (Layer layer : OF_FILES) {
            SortedMap<String, JsonNode> own = new TreeMap<>();
            lock.layer(layer).pinned().forEach((field, value) -> {
                if (field.startsWith(role + ".")) {
                    own.put(field, value);
                }
            });
            fields.put(layer, own);
        }
        return fields;
    }
}
