package dev.lockstep.derivation;

import java.util.List;
import java.util.Optional;

/**
 * Steps between two models that can be compared.
 *
 * @param result the model that they make; empty for the one that the stack serves
 */
record Stretch(List<Step> steps, Optional<Parent> result) {

    Stretch {
        steps = List.copyOf(steps);
    }

    Step first() {
        return steps.getFirst();
    }

    boolean has(Operation operation) {
        return steps.stream().anyMatch(step -> step.operation() == operation);
    }

    boolean has(Operation.Touch touch) {
        return steps.stream().anyMatch(step -> step.operation().touch() == touch);
    }

    /** Returns the only step that changes numbers; empty where none does, or several do. */
    Optional<Step> ofNumbers() {
        List<Step> found = steps.stream()
                .filter(step -> step.operation().touch() == Operation.Touch.NUMBERS)
                .toList();
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }
}
