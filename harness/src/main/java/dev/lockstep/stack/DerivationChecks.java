package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.derivation.DerivedModel;
import dev.lockstep.derivation.Examination;
import dev.lockstep.derivation.Findings;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.Comparison;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Lock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Whether the model is still what its base and its derivation make, as far as that can be seen here. */
record DerivationChecks(ResolvedStack.Kept locked, StackConfig config, ModelLayers layers) {

    /**
     * Compares the sets of tensors, and what the lock holds of parents and adapters.
     *
     * @param others what was found of the other layers
     */
    List<Check> run(ProcessEvidence process, List<Check> others) {
        Lock lock = locked.lock();
        SortedMap<String, JsonNode> pinned = lock.layer(Layer.DERIVATION).pinned();
        if (config.derivation().steps().isEmpty() && pinned.isEmpty()) {
            return List.of();
        }
        DerivedModel model = DerivedModels.of(config, process.seen(), layers);
        Findings found = Examination.whenVerifying(
                config.derivation(), model, config.policies(), new Examination.Locked(locked.tensors(), pinned));
        List<Check> checks = new ArrayList<>(found.checks());
        checks.add(ofProcess(found.checks(), others));
        Comparison.of(lock, "pinned", Map.of(Layer.DERIVATION, found.facts()), Check.Step.DISK, config.policies())
                .stream()
                .map(check -> explained(check, found.gaps()))
                .forEach(checks::add);
        return checks;
    }

    /** What cannot be read here is no other one. */
    private static Check explained(Check check, SortedMap<String, String> gaps) {
        String why = gaps.get(check.field());
        return check.outcome() == Check.Outcome.MISMATCH && why != null
                ? check.as(Check.Outcome.UNVERIFIABLE, check.actual(), why)
                : check;
    }

    /** The process is derived as its files are, where it is proven to hold the locked weights. */
    private Check ofProcess(List<Check> derived, List<Check> others) {
        List<Check> held = others.stream()
                .filter(check -> check.layer() == Layer.WEIGHTS && check.step() == Check.Step.PROCESS)
                .filter(check -> check.policy().isStrict())
                .toList();
        boolean isProven = !held.isEmpty() && !derived.isEmpty() && allMatch(held) && allMatch(derived);
        return new Check(
                Layer.DERIVATION,
                Check.Step.PROCESS,
                "weights",
                isProven ? Check.Outcome.MATCH : Check.Outcome.UNVERIFIABLE,
                config.policies().of(Layer.DERIVATION, "weights").kind(),
                "those that were compared",
                isProven ? "those that were compared" : "",
                "");
    }

    private static boolean allMatch(List<Check> checks) {
        return checks.stream().allMatch(check -> check.outcome() == Check.Outcome.MATCH);
    }
}
