package dev.lockstep.suite;

import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.Fields;
import dev.lockstep.document.Problems;
import java.util.Optional;

/** Opens mappings; anything else is one problem, and nothing more is read of it. */
final class Mappings {

    private Mappings() {}

    static Optional<Fields> open(DocumentNode node, String owner, Problems problems) {
        Fields fields = Fields.of(node, owner, problems);
        return switch (node) {
            case DocumentNode.Mapping mapping -> Optional.of(fields);
            case DocumentNode.Sequence sequence -> Optional.empty();
            case DocumentNode.Scalar scalar -> Optional.empty();
        };
    }
}
