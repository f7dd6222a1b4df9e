package dev.lockstep.job;

import dev.lockstep.document.LockstepException;
import dev.lockstep.job.RollbackReport.Item;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.Coverage;
import dev.lockstep.lock.DigestCache;
import dev.lockstep.lock.FileDigest;
import dev.lockstep.lock.FileProof;
import dev.lockstep.lock.FileVerifier;
import dev.lockstep.lock.Hashing;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.Tier;
import dev.lockstep.stack.ExpectedFiles;
import dev.lockstep.stack.StackConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Whether the model files of a lock are there, and are still what was locked. */
record RollbackFiles(Lock lock, StackConfig config, Tier tier, Workplace workplace) {
    private static final String PART = "files";
    private static final String REMEDY = "put the locked files back where stack.yaml names them";
    private static final double MEGABYTE = 1e6;

    Item item() {
        ExpectedFiles files = new ExpectedFiles(lock, config);
        if (!files.areNamed()) {
            boolean isHeld = !lock.layer(Layer.WEIGHTS).pinned().isEmpty();
            return isHeld
                    ? Item.degraded(PART, "stack.yaml names no model files", "name them under 'files'")
                    : Item.notNeeded(PART, "the lock holds none");
        }
        SortedMap<Path, FileDigest> expected = files.expected();
        return expected.isEmpty() || tier instanceof Tier.Full ? byLayer(files) : byFile(files, expected);
    }

    private Item byFile(ExpectedFiles files, SortedMap<Path, FileDigest> expected) {
        DigestCache records = new DigestCache(workplace.home().resolve("digests"), workplace.clock());
        List<FileProof> proofs = new FileVerifier(Hashing.onAllCores().keepingIn(records)).verify(expected, tier);
        if (!proofs.stream().allMatch(FileProof::matches)) {
            return byLayer(files);
        }
        double size = expected.values().stream().mapToLong(FileDigest::size).sum() / MEGABYTE;
        String read = proofs.stream()
                .map(proof -> words(proof.coverage()))
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return Item.ready(
                PART,
                String.format(Locale.ROOT, "%d files, %.1f MB, are the locked ones (%s)", proofs.size(), size, read));
    }

    private static String words(Coverage coverage) {
        return switch (coverage) {
            case Coverage.Full full -> "full";
            case Coverage.Cached cached -> "cached";
            case Coverage.Sampled sampled -> "sampled";
        };
    }

    /** Names the layers that are not the locked ones, which the digest of a file cannot. */
    private Item byLayer(ExpectedFiles files) {
        try {
            return byLayer(files.byLayer());
        } catch (LockstepException unreadable) {
            return Item.impossible(PART, unreadable.getMessage(), REMEDY);
        }
    }

    private static Item byLayer(List<Check> checks) {
        List<Check> broken = of(checks, check -> isGone(check) && check.policy().isStrict());
        List<Check> warned =
                of(checks, check -> isGone(check) && !check.policy().isStrict());
        if (!broken.isEmpty()) {
            return Item.impossible(PART, told(broken), REMEDY);
        }
        return warned.isEmpty()
                ? Item.ready(PART, checks.size() + " fields of them are the locked ones (full)")
                : Item.degraded(PART, told(warned) + "; every layer is the locked one all the same", REMEDY);
    }

    private static List<Check> of(List<Check> checks, Predicate<Check> wanted) {
        return checks.stream().filter(wanted).toList();
    }

    private static boolean isGone(Check check) {
        return check.outcome() == Check.Outcome.MISMATCH || check.outcome() == Check.Outcome.UNVERIFIABLE;
    }

    /** Tells the first field of each layer. */
    private static String told(List<Check> checks) {
        List<String> told = new ArrayList<>();
        for (Layer layer : Layer.values()) {
            checks.stream()
                    .filter(check -> check.layer() == layer)
                    .findFirst()
                    .map(check -> layer + " " + check.field() + ": "
                            + (check.outcome() == Check.Outcome.MISMATCH ? check.values() : check.note()))
                    .ifPresent(told::add);
        }
        return String.join("; ", told);
    }
}
