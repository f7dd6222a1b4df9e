package dev.lockstep.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.Fields;
import dev.lockstep.document.NearestName;
import dev.lockstep.document.Problems;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the scorers of a case and checks each against the catalog and the case's reference. */
final class ScorerReader {
    private final ScorerCatalog catalog;
    private final Problems problems;

    ScorerReader(ScorerCatalog catalog, Problems problems) {
        this.catalog = catalog;
        this.problems = problems;
    }

    List<ScorerSpec> read(Fields evalCase, String owner, JsonNode reference) {
        List<ScorerSpec> specs = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (DocumentNode item : evalCase.items("scorers")) {
            spec(evalCase, owner, item).ifPresent(spec -> {
                if (!names.add(spec.name())) {
                    evalCase.problemAt(spec.position(), "the scorer '" + spec.name() + "' stands here twice; keep one");
                }
                catalog.mistakes(spec.name(), spec.parameters(), reference)
                        .forEach(mistake -> evalCase.problemAt(spec.position(), mistake));
                specs.add(spec);
            });
        }
        return specs;
    }

    private Optional<ScorerSpec> spec(Fields evalCase, String owner, DocumentNode item) {
        if (item.toJson().isTextual()) {
            return named(evalCase, item.toJson().textValue(), item, JsonNodeFactory.instance.objectNode());
        }
        Optional<Fields> fields = Mappings.open(item, owner + ": a scorer", problems);
        if (fields.isEmpty()) {
            return Optional.empty();
        }
        String name = fields.get().requiredText("name", "name the scorer");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode parameters = (ObjectNode) item.toJson();
        parameters.remove(List.of("name", "version"));
        Optional<ScorerSpec> spec = named(evalCase, name, item, parameters);
        spec.ifPresent(known -> checkVersion(fields.get(), known));
        return spec;
    }

    private Optional<ScorerSpec> named(Fields evalCase, String name, DocumentNode item, ObjectNode parameters) {
        if (catalog.names().contains(name)) {
            return Optional.of(new ScorerSpec(name, catalog.version(name), parameters, item.position()));
        }
        evalCase.problemAt(item.position(), "there is no scorer '" + name + "'; " + hint(name));
        return Optional.empty();
    }

    private void checkVersion(Fields fields, ScorerSpec spec) {
        long wanted = fields.integer("version", spec.version(), 1, Integer.MAX_VALUE);
        if (wanted != spec.version()) {
            fields.problem(
                    "version",
                    "'version' is " + wanted + ", but '" + spec.name() + "' has version " + spec.version()
                            + " here; write that, and record a new baseline");
        }
    }

    private String hint(String name) {
        return NearestName.of(name, catalog.names())
                .map(near -> "did you mean '" + near + "'?")
                .orElse("known scorers: " + String.join(", ", catalog.names()));
    }
}
