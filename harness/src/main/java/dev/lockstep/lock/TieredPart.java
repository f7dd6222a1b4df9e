package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.CanonicalJson;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One part of a stack, of which files that match their locked digests are not read again. */
final class TieredPart {
    private final ModelSource source;
    private final LockedDigests digests;
    private final LockedTensors tensors;
    private final Tier tier;
    private final Map<Path, TensorReading> known = new HashMap<>();
    private final SortedMap<Path, Coverage> coverage = new TreeMap<>();
    private boolean areTensorsUnknown;

    TieredPart(ModelSource source, LockedDigests digests, LockedTensors tensors, Tier tier) {
        this.source = source;
        this.digests = digests;
        this.tensors = tensors;
        this.tier = tier;
    }

    /** Takes for known what matches. */
    TieredPart trusting(List<FileProof> proofs) {
        boolean isGguf = source instanceof ModelSource.Gguf;
        for (FileProof proof : proofs) {
            coverage.put(proof.file(), proof.matches() ? proof.coverage() : new Coverage.Full());
            if (proof.matches()) {
                FileDigest digest = Objects.requireNonNull(digests.byFile().get(proof.file()));
                known.put(
                        proof.file(),
                        tensors.in(proof.file(), isGguf)
                                .map(found -> new TensorReading(digest, found))
                                .orElseGet(() -> withoutTensors(digest)));
            }
        }
        return this;
    }

    private TensorReading withoutTensors(FileDigest digest) {
        areTensorsUnknown = true;
        return new TensorReading(digest, TensorDigests.none());
    }

    /** Reads what is left; where nobody knows the tensors of what is known, the lock's root stands for them, or all is read. */
    LockedFiles.Reading read(Lock lock, Hashing hashing) {
        SourceFacts facts = source.read(digests.role(), hashing.knowing(known));
        if (!areTensorsUnknown) {
            return new LockedFiles.Reading(facts, words(), unproven());
        }
        if (isAsLocked(facts, lock)) {
            return new LockedFiles.Reading(tensors.standFor(facts), words(), unproven());
        }
        coverage.replaceAll((file, read) -> new Coverage.Full());
        return new LockedFiles.Reading(source.read(digests.role(), hashing), words(), unproven());
    }

    /** Tells whether every file of the part is the locked one, none more and none less. */
    private boolean isAsLocked(SourceFacts facts, Lock lock) {
        return FileField.LAYERS.stream()
                .allMatch(layer -> files(facts.proof().getOrDefault(layer, new TreeMap<>()))
                        .equals(files(lock.layer(layer).pinned())));
    }

    private Map<String, String> files(Map<String, JsonNode> fields) {
        Map<String, String> files = new TreeMap<>();
        fields.forEach((field, value) -> FileField.path(field, digests.role())
                .ifPresent(path -> files.put(field, CanonicalJson.compact(value))));
        return files;
    }

    private String words() {
        SortedMap<Path, String> words = new TreeMap<>();
        switch (tier) {
            case Tier.Full full -> {}
            case Tier.Cached cached -> coverage.forEach((file, read) -> words.put(file, read.toString()));
            case Tier.Sampled sampled -> {
                digests.gaps().forEach((file, why) -> words.put(file, "full: " + why));
                coverage.forEach((file, read) -> words.put(file, read.toString()));
            }
        }
        digests.refused().forEach((file, why) -> words.put(file, "full: " + why));
        return words.entrySet().stream()
                .map(file -> file.getKey().getFileName() + " " + file.getValue())
                .collect(Collectors.joining("; "));
    }

    /** The root of all tensors rests on the data of each file. */
    private SortedMap<String, String> unproven() {
        SortedMap<String, String> unproven = new TreeMap<>();
        coverage.forEach((file, read) -> {
            if (read instanceof Coverage.Sampled) {
                FileField field = Objects.requireNonNull(digests.fields().get(file));
                String why = file.getFileName() + " " + read;
                unproven.put(field.field(), why);
                unproven.put(field.role() + "." + FileField.chunks(field.path()), why);
                unproven.put(tensors.field(), why);
            }
        });
        return unproven;
    }
}
