package dev.lockstep.stack;

import dev.lockstep.document.LockstepException;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.TensorDiff;
import dev.lockstep.lock.TensorDigests;
import dev.lockstep.lock.TensorRoots;
import java.util.List;
import java.util.Optional;

/** Names the tensors that moved in weights that differ, where the sidecar of the locked ones is here. */
record MovedTensors(ResolvedStack.Kept locked, ModelLayers layers) {
    /** Returns the same checks, with the tensors in the notes of those that found other weights. */
    List<Check> named(List<Check> checks) {
        return checks.stream().map(this::named).toList();
    }

    private Check named(Check check) {
        boolean isOfTensors = TensorRoots.isRoot(check.field()) || check.field().endsWith(".safetensors");
        if (check.layer() != Layer.WEIGHTS || check.outcome() != Check.Outcome.MISMATCH || !isOfTensors) {
            return check;
        }
        String role = check.field().substring(0, check.field().indexOf('.'));
        return difference(role).map(words -> with(check, words)).orElse(check);
    }

    private Optional<String> difference(String role) {
        return TensorRoots.of(locked.lock())
                .ofRole(role)
                .flatMap(this::find)
                .flatMap(tensors -> layers.tensors(role).stream()
                        .filter(found -> !found.byName().isEmpty() && !found.equals(tensors))
                        .findFirst()
                        .map(found -> TensorDiff.between(tensors, found).words()));
    }

    /** A sidecar that is damaged names nothing; the weights differ all the same. */
    private Optional<TensorDigests> find(String root) {
        try {
            return locked.tensors().find(root);
        } catch (LockstepException damaged) {
            return Optional.empty();
        }
    }

    private static Check with(Check check, String words) {
        return new Check(
                check.layer(),
                check.step(),
                check.field(),
                check.outcome(),
                check.policy(),
                check.expected(),
                check.actual(),
                check.note().isEmpty() ? words : check.note() + "; " + words);
    }
}
