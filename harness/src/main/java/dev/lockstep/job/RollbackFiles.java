package dev.lockstep.job;

import dev.lockstep.document.LockstepException;
import dev.lockstep.job.RollbackReport.Item;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.DigestCache;
import dev.lockstep.lock.Hashing;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.Tier;
import dev.lockstep.stack.HostChecks;
import dev.lockstep.stack.StackConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Whether the model files of a lock are there, are still what was locked, and lie beside no others that engines load. */
record RollbackFiles(Lock lock, StackConfig config, Tier tier, Workplace workplace) {
    private static final String PART = "files";
    private static final String REMEDY = "put the locked files back where stack.yaml names them";

    Item item() {
        if (!config.files().nameModel()) {
            boolean isHeld = !lock.layer(Layer.WEIGHTS).pinned().isEmpty();
            return isHeld
                    ? Item.degraded(PART, "stack.yaml names no model files", "name them under 'files'")
                    : Item.notNeeded(PART, "the lock holds none");
        }
        DigestCache records = new DigestCache(workplace.home().resolve("digests"), workplace.clock());
        HostChecks host = HostChecks.of(lock, config, tier, Hashing.onAllCores().keepingIn(records));
        try {
            List<Check> checks = host.disk().stream()
                    .filter(check -> check.layer() != Layer.ENGINE)
                    .toList();
            return item(checks, host.coverage());
        } catch (LockstepException unreadable) {
            return Item.impossible(PART, unreadable.getMessage(), REMEDY);
        }
    }

    private static Item item(List<Check> checks, SortedMap<String, String> coverage) {
        List<Check> broken = of(checks, check -> isGone(check) && check.policy().isStrict());
        List<Check> warned =
                of(checks, check -> isGone(check) && !check.policy().isStrict());
        if (!broken.isEmpty()) {
            return Item.impossible(PART, told(broken), REMEDY);
        }
        return warned.isEmpty()
                ? Item.ready(PART, checks.size() + " fields of them are the locked ones (" + words(coverage) + ")")
                : Item.degraded(PART, told(warned) + "; every layer is the locked one all the same", REMEDY);
    }

    /** Tells what was read of each part of the model. */
    private static String words(SortedMap<String, String> coverage) {
        return coverage.isEmpty()
                ? "full"
                : coverage.entrySet().stream()
                        .map(part -> part.getKey() + ": " + part.getValue())
                        .collect(Collectors.joining("; "));
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
