package dev.lockstep.stack;

import dev.lockstep.document.Fields;
import dev.lockstep.document.Problems;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code launch} in stack.yaml says of a saved description.
 *
 * @param file the description
 * @param container the container that is meant, where there are several
 * @param pod the pod that is meant, where there are several
 * @param fields where this stands
 * @param problems takes what is wrong in the description
 */
record LaunchSource(Path file, Optional<String> container, Optional<String> pod, Fields fields, Problems problems) {

    /** Returns the same source with another collector of what is wrong in the description. */
    LaunchSource with(Problems other) {
        return new LaunchSource(file, container, pod, fields, other);
    }

    /** Reports something that the operator can mend in stack.yaml. */
    void problem(String field, String message) {
        fields.problem(field, message);
    }
}
