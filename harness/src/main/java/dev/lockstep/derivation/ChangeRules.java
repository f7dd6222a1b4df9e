package dev.lockstep.derivation;

import dev.lockstep.lock.ShortList;
import dev.lockstep.lock.TensorDiff;
import dev.lockstep.lock.TensorDigest;
import dev.lockstep.lock.TensorDigests;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Whether a model differs from its base in those tensors alone that its derivation may change, and in these as it does.
 *
 * @param before the tensors of the base, by the names of the derived model
 * @param targets the tensors that an adapter speaks of, by the same names
 * @param isOtherFormat whether the base lies in files of another format
 */
record ChangeRules(
        Stretch stretch, TensorDigests before, TensorDigests after, Set<String> targets, boolean isOtherFormat) {

    /** Returns what is wrong, each in a sentence; empty when nothing is. */
    List<String> faults() {
        TensorDiff diff = TensorDiff.between(before, after);
        List<String> faults = new ArrayList<>();
        addUndeclared(diff, faults);
        addNothingDone(diff, faults);
        addIdlePatterns(diff, faults);
        addOtherShapes(diff, faults);
        addOtherTypes(diff, faults);
        addEdits(diff, faults);
        return faults;
    }

    private void addUndeclared(TensorDiff diff, List<String> faults) {
        add(undeclared(diff.changed()), "changes ", faults);
        add(undeclared(diff.added()), "adds ", faults);
        add(undeclared(diff.removed()), "lacks ", faults);
    }

    private static void add(SortedSet<String> names, String verb, List<String> faults) {
        if (!names.isEmpty()) {
            faults.add(verb + ShortList.of(names)
                    + ", which the derivation may not; make the model anew, or name them in" + " 'changes'");
        }
    }

    private SortedSet<String> undeclared(SortedSet<String> names) {
        return those(names, name -> stretch.steps().stream().noneMatch(step -> mayChange(step, name)));
    }

    private boolean mayChange(Step step, String name) {
        if (!step.changes().isEmpty()) {
            return step.changes().stream().anyMatch(pattern -> pattern.matches(name));
        }
        return switch (step.operation()) {
            case LORA_MERGE, DORA_MERGE -> targets.contains(name);
            case QUANTIZE -> isStoredOtherwise(name) && isMatrix(name);
            case CONVERT -> isStoredOtherwise(name);
            case LINEAR_MERGE, SLERP_MERGE -> isShared(name);
            case LORA_RUNTIME, DORA_RUNTIME, PROMPT_BAKING, CONTEXT_DISTILLATION, ROME, MEMIT -> false;
        };
    }

    /** The symptom of a merge that wrote its base out again (verl issue 7285). */
    private void addNothingDone(TensorDiff diff, List<String> faults) {
        boolean isBeside = !stretch.has(Operation.Touch.NUMBERS) && !stretch.has(Operation.Touch.TYPES);
        if (diff.isEmpty() && !isBeside && !isOtherFormat) {
            faults.add("holds the very tensors of its base, so nothing was done to it; make it anew");
        }
        boolean isQuantized = diff.changed().stream().anyMatch(this::hasOtherType);
        if (stretch.has(Operation.QUANTIZE)
                && !diff.isEmpty()
                && !isQuantized
                && diff.added().isEmpty()) {
            faults.add("holds no tensor of another type than its base, so nothing was quantized; make it anew");
        }
    }

    private void addIdlePatterns(TensorDiff diff, List<String> faults) {
        if (diff.isEmpty()) {
            return;
        }
        SortedSet<String> changed = diff.names();
        stretch.steps().stream()
                .flatMap(step -> step.changes().stream())
                .filter(pattern -> changed.stream().noneMatch(pattern::matches))
                .forEach(pattern -> faults.add("changes no tensor of the name '" + pattern
                        + "', which the derivation says; correct the name, or make the model anew"));
    }

    /** Shapes change only where numbers are packed. */
    private void addOtherShapes(TensorDiff diff, List<String> faults) {
        SortedSet<String> reshaped = those(diff.changed(), this::hasOtherShape);
        if (!reshaped.isEmpty() && !stretch.has(Operation.QUANTIZE)) {
            faults.add("gives " + ShortList.of(reshaped) + " another shape than the base has; make the model anew");
        }
    }

    /** Types change only where a step says so, and then nothing but the types. */
    private void addOtherTypes(TensorDiff diff, List<String> faults) {
        SortedSet<String> retyped = those(diff.changed(), this::hasOtherType);
        if (!retyped.isEmpty() && !stretch.has(Operation.Touch.TYPES)) {
            faults.add("stores " + ShortList.of(retyped) + " as " + type(after, retyped) + ", the base as "
                    + type(before, retyped) + "; add the step that did it, such as convert");
        }
        SortedSet<String> edited = those(diff.changed(), name -> !isStoredOtherwise(name));
        if (!edited.isEmpty() && stretch.has(Operation.Touch.TYPES) && !stretch.has(Operation.Touch.NUMBERS)) {
            faults.add("holds other numbers of the same type in " + ShortList.of(edited)
                    + ", which no step does; make the model anew");
        }
    }

    private static String type(TensorDigests tensors, SortedSet<String> names) {
        return Objects.requireNonNull(tensors.byName().get(names.getFirst())).type();
    }

    private void addEdits(TensorDiff diff, List<String> faults) {
        if (stretch.has(Operation.ROME)
                && stretch.steps().size() == 1
                && diff.changed().size() > 1) {
            faults.add("changes " + diff.changed().size() + " tensors, " + ShortList.of(diff.changed())
                    + ", but rome edits one; call it memit, or make the model anew");
        }
        SortedSet<String> vectors = those(diff.changed(), name -> !isMatrix(name));
        boolean isEdit = stretch.steps().stream()
                .allMatch(step -> step.operation() == Operation.ROME || step.operation() == Operation.MEMIT);
        if (isEdit && !vectors.isEmpty()) {
            faults.add("changes " + ShortList.of(vectors) + ", but rome and memit edit matrices; make the model anew");
        }
    }

    private boolean isShared(String name) {
        return before.byName().containsKey(name) && after.byName().containsKey(name);
    }

    private boolean isMatrix(String name) {
        TensorDigest tensor = after.byName().get(name);
        return tensor != null && tensor.shape().size() > 1;
    }

    private boolean hasOtherType(String name) {
        TensorDigest old = before.byName().get(name);
        TensorDigest now = after.byName().get(name);
        return old != null && now != null && !old.type().equals(now.type());
    }

    /** A tensor that was cut in two has no digest to compare with. */
    private boolean isStoredOtherwise(String name) {
        TensorDigest old = before.byName().get(name);
        return hasOtherType(name) || (old != null && old.sha256().isEmpty());
    }

    private boolean hasOtherShape(String name) {
        TensorDigest old = before.byName().get(name);
        TensorDigest now = after.byName().get(name);
        return old != null && now != null && !old.shape().equals(now.shape());
    }

    private static SortedSet<String> those(SortedSet<String> names, Predicate<String> wanted) {
        SortedSet<String> found = new TreeSet<>(names);
        found.removeIf(wanted.negate());
        return found;
    }
}
