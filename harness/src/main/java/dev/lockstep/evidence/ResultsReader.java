package dev.lockstep.evidence;

import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.Fields;
import dev.lockstep.document.Problems;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads how the fields of a lock compared: {@code {step: {layer: {field: "MATCH"}}}}, or more words for what does not match. */
final class ResultsReader {
    private static final Map<String, Check.Step> STEPS =
            new TreeMap<>(Map.of("disk", Check.Step.DISK, "process", Check.Step.PROCESS));
    private static final Map<String, Check.Outcome> OUTCOMES = new TreeMap<>(Map.of(
            Check.Outcome.MATCH.name(), Check.Outcome.MATCH,
            Check.Outcome.MISMATCH.name(), Check.Outcome.MISMATCH,
            Check.Outcome.UNVERIFIABLE.name(), Check.Outcome.UNVERIFIABLE));

    private final Problems problems;
    private final List<Evidence.Result> results = new ArrayList<>();

    ResultsReader(Problems problems) {
        this.problems = problems;
    }

    List<Evidence.Result> read(DocumentNode.Mapping node) {
        Fields steps = Fields.of(node, "the evidence's results", problems);
        STEPS.forEach((name, step) -> addStep(steps, name, step));
        steps.rejectUnknown();
        return List.copyOf(results);
    }

    private void addStep(Fields steps, String name, Check.Step step) {
        Fields layers = Fields.of(steps.mapping(name), "the evidence's results of the " + name, problems);
        layers.entries().keySet().forEach(key -> {
            Optional<Layer> layer = Layer.of(key);
            if (layer.isEmpty()) {
                layers.problem(key, "no layer is called '" + key + "'");
            }
            layer.ifPresent(each -> addLayer(each, step, layers.mapping(key)));
        });
    }

    private void addLayer(Layer layer, Check.Step step, DocumentNode.Mapping node) {
        Fields fields = Fields.of(node, layer.key(), problems);
        fields.entries().forEach((field, entry) -> {
            if (entry.value() instanceof DocumentNode.Mapping details) {
                results.add(detailed(layer, step, field, details));
            } else {
                Check.Outcome outcome = fields.choice(field, OUTCOMES, Check.Outcome.UNVERIFIABLE);
                results.add(new Evidence.Result(layer, step, field, outcome, "", ""));
            }
        });
    }

    private Evidence.Result detailed(Layer layer, Check.Step step, String field, DocumentNode.Mapping node) {
        Fields details = Fields.of(node, layer + " " + field, problems);
        Evidence.Result result = new Evidence.Result(
                layer,
                step,
                field,
                details.choice("outcome", OUTCOMES, Check.Outcome.UNVERIFIABLE),
                details.text("found", ""),
                details.text("note", ""));
        details.rejectUnknown();
        return result;
    }
}
