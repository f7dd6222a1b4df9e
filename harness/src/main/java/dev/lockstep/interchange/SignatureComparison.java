package dev.lockstep.interchange;

import dev.lockstep.lock.Lock;
import dev.lockstep.lock.LockedFile;
import dev.lockstep.lock.LockedFileList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the files of a signature differ from those of a lock.
 *
 * @param same how many are the same
 * @param differences in the order of their paths
 */
public record SignatureComparison(int same, List<Difference> differences) {

    public SignatureComparison {
        differences = List.copyOf(differences);
    }

    /** What is wrong with a file. */
    public enum Kind {
        DIFFERS,
        /** It was signed, and the lock does not hold it. */
        NOT_LOCKED,
        /** The lock holds it, and nobody signed it. */
        NOT_SIGNED,
        /** It was signed in shards or by another hash than SHA-256, which no lock holds. */
        INCOMPARABLE
    }

    /**
     * A file that is not the same on both sides.
     *
     * @param counts false for what no engine loads, such as a README
     */
    public record Difference(String path, Kind kind, boolean counts) {}

    /**
     * Compares them.
     *
     * <p>Files are the same by path and digest. A lock holds no path of a single GGUF file, so any signed file with its digest
     * will do; and where the model is such a file, what else was signed lies beside it unused.
     */
    public static SignatureComparison of(ModelSignature signature, Lock lock) {
        return new Comparing(signature.files(), lock).run();
    }

    /** Returns whether every file that counts is the same. */
    public boolean isMatch() {
        return differences.stream().noneMatch(Difference::counts);
    }

    private static final class Comparing {
        private final SignedFiles signed;
        private final List<LockedFile> locked;
        private final SortedMap<String, Optional<String>> left;
        private final Set<String> digests = new HashSet<>();
        private final List<Difference> differences = new ArrayList<>();
        private int same;

        Comparing(SignedFiles signed, Lock lock) {
            this.signed = signed;
            this.locked = LockedFileList.of(lock).stream()
                    .filter(LockedFile::isOfModel)
                    .toList();
            this.left = new TreeMap<>(signed.sha256());
            signed.sha256().values().forEach(digest -> digest.ifPresent(digests::add));
        }

        SignatureComparison run() {
            locked.forEach(file -> {
                switch (file.kind()) {
                    case MODEL_FILE, NOTE -> named(file);
                    case MODEL_PART -> unnamed(file);
                    case PROGRAM -> {}
                }
            });
            boolean isFolder = locked.stream().anyMatch(file -> file.kind() == LockedFile.Kind.MODEL_FILE);
            if (isFolder) {
                left.keySet().forEach(path -> add(path, Kind.NOT_LOCKED, LockedFileList.isLoaded(path)));
            }
            differences.sort(Comparator.comparing(Difference::path));
            return new SignatureComparison(same, differences);
        }

        private void named(LockedFile file) {
            boolean counts = file.kind() != LockedFile.Kind.NOTE;
            if (!left.containsKey(file.name())) {
                addUnsigned(file, counts);
                return;
            }
            Optional<String> digest = Objects.requireNonNull(left.remove(file.name()));
            if (digest.isEmpty()) {
                add(file.name(), Kind.INCOMPARABLE, counts);
            } else if (digest.get().equals(file.sha256())) {
                same++;
            } else {
                add(file.name(), Kind.DIFFERS, counts);
            }
        }

        /** What the signer left out on purpose is missed only where an engine loads it. */
        private void addUnsigned(LockedFile file, boolean counts) {
            if (counts || !signed.ignores(file.name())) {
                add(file.name(), Kind.NOT_SIGNED, counts);
            }
        }

        private void unnamed(LockedFile file) {
            if (digests.contains(file.sha256())) {
                same++;
            } else {
                add(file.name(), Kind.NOT_SIGNED, true);
            }
        }

        private void add(String path, Kind kind, boolean counts) {
            differences.add(new Difference(path, kind, counts));
        }
    }
}
