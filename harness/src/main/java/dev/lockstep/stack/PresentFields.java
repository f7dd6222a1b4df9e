package dev.lockstep.stack;

import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.Fields;
import dev.lockstep.document.Problems;
import java.util.LinkedHashMap;
import java.util.Map;

/** The fields of a mapping that a program wrote: what is null there is absent. */
final class PresentFields {

    private PresentFields() {}

    static Fields of(DocumentNode node, String owner, Problems problems) {
        if (!(node instanceof DocumentNode.Mapping mapping)) {
            return Fields.of(node, owner, problems);
        }
        Map<String, DocumentNode.Entry> present = new LinkedHashMap<>(mapping.entries());
        present.values().removeIf(entry -> entry.value().toJson().isNull());
        return Fields.of(new DocumentNode.Mapping(mapping.position(), present), owner, problems);
    }
}
