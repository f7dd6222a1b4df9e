package dev.lockstep.derivation;

import dev.lockstep.lock.ShortList;
import dev.lockstep.lock.TensorDiff;
import dev.lockstep.lock.TensorDigests;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What can be said of the models at both ends of a stretch.
 *
 * @param adapter what was merged in it, if it is here
 */
record StretchCheck(Stretch stretch, End base, End result, Optional<End> other, Optional<LowRankAdapter> adapter) {

    /** A model: its tensors, and where their numbers lie; nowhere when they are not wanted or not here. */
    record End(TensorDigests tensors, List<Path> files) {
        End {
            files = List.copyOf(files);
        }
    }

    /** Returns in which tensors the ends differ, by the names of the result. */
    TensorDiff difference() {
        return TensorDiff.between(alignment().base(), result.tensors());
    }

    /** Returns what is wrong with the set of changed tensors. */
    List<String> faultsOfTensors() {
        Alignment alignment = alignment();
        SortedSet<String> targets = new TreeSet<>();
        adapter.ifPresent(found -> {
            targets.addAll(alignment.renamed(found.pairs()).keySet());
            found.others().forEach(name -> targets.add(alignment.derivedName(whole(name))));
        });
        return new ChangeRules(stretch, alignment.base(), result.tensors(), targets, alignment.isOtherFormat())
                .faults();
    }

    /** A module that was saved whole stands in an adapter under its own name. */
    private static String whole(String name) {
        return name.startsWith("base_model.model.") ? name.substring("base_model.model.".length()) : name;
    }

    /** Tells whether the numbers of the result follow from what is here. */
    boolean numbersFollow() {
        boolean areHere = !base.files().isEmpty() && !result.files().isEmpty();
        if (!areHere || stretch.has(Operation.QUANTIZE)) {
            return false;
        }
        Optional<Step> step = stretch.ofNumbers();
        if (step.isEmpty()) {
            return stretch.has(Operation.CONVERT) && !stretch.has(Operation.Touch.NUMBERS);
        }
        return switch (step.get().operation()) {
            case LORA_MERGE, DORA_MERGE -> adapter.isPresent();
            case LINEAR_MERGE, SLERP_MERGE ->
                other.filter(end -> !end.files().isEmpty()).isPresent();
            case ROME -> true;
            case QUANTIZE, CONVERT, MEMIT, PROMPT_BAKING, CONTEXT_DISTILLATION, LORA_RUNTIME, DORA_RUNTIME -> false;
        };
    }

    /** Holds the numbers of the result against those that follow from the base. */
    NumberChecks.Result numbers() {
        Alignment alignment = alignment();
        NumberChecks checks = new NumberChecks(
                stretch.ofNumbers(),
                WeightFiles.of(base.files()),
                WeightFiles.of(other.map(End::files).orElse(List.of())),
                WeightFiles.of(result.files()),
                alignment.ownNames(),
                pairs(alignment));
        List<String> faults = new ArrayList<>(faultsOfAdapter(checks));
        if (!faults.isEmpty()) {
            return new NumberChecks.Result(new TreeSet<>(), faults);
        }
        return checks.of(namesToCompare(alignment));
    }

    private SortedMap<String, StoredPair> pairs(Alignment alignment) {
        return adapter.map(found -> alignment.renamed(found.pairs())).orElseGet(TreeMap::new);
    }

    private List<String> faultsOfAdapter(NumberChecks checks) {
        List<String> faults = new ArrayList<>();
        SortedSet<String> homeless = checks.homeless();
        if (!homeless.isEmpty()) {
            faults.add("was made with an adapter for " + ShortList.of(homeless)
                    + ", of which the base has none of that shape; name the right adapter");
        }
        boolean isDora = pairs(alignment()).values().stream()
                .anyMatch(pair -> pair.lengths().isPresent());
        if (adapter.isPresent() && isDora != stretch.has(Operation.DORA_MERGE)) {
            faults.add("names an adapter " + (isDora ? "with" : "without")
                    + " trained lengths of rows, which is " + (isDora ? "dora-merge" : "lora-merge")
                    + "; correct 'op' or 'adapter'");
        }
        return faults;
    }

    /** Of a merged adapter in the base's own format, the digests of the other tensors say all. */
    private SortedSet<String> namesToCompare(Alignment alignment) {
        boolean isConverted = alignment.isOtherFormat() || stretch.has(Operation.CONVERT);
        boolean isPartial = stretch.ofNumbers()
                .map(Step::operation)
                .filter(operation -> operation.mergesAdapter() || operation == Operation.ROME)
                .isPresent();
        if (!isPartial || isConverted) {
            return alignment.names();
        }
        return adapter.isPresent()
                ? new TreeSet<>(pairs(alignment).keySet())
                : new TreeSet<>(difference().changed());
    }

    private Alignment alignment() {
        return Alignment.of(base.tensors(), result.tensors());
    }
}
