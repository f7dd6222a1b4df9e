package dev.lockstep.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.lock.LayerTable;
import dev.lockstep.lock.LockDiff;
import dev.lockstep.lock.TemplateDiff;
import dev.lockstep.lock.TensorDiff;
import dev.lockstep.lock.WeightsDiff;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What differs between two locks, for people and for machines: the layers, then fields, then lines of templates and tensors.
 *
 * @param layers a row for each layer
 * @param templates the templates that differ
 * @param weights the models whose tensors differ
 */
record LockDiffText(
        List<LayerTable.Row> layers, LockDiff diff, List<TemplateDiff> templates, List<WeightsDiff> weights) {
    private static final int DIGITS = 8;

    String text() {
        if (diff.changes().isEmpty()) {
            return "the locks are equal";
        }
        String header = String.format(Locale.ROOT, "%-19s %-9s %-9s", "layer", "before", "after")
                .strip();
        String rows = layers.stream().map(LockDiffText::row).collect(Collectors.joining("\n"));
        String lines = templates.stream().map(LockDiffText::lines).collect(Collectors.joining());
        String tensors = weights.stream().map(LockDiffText::tensors).collect(Collectors.joining());
        String note = diff.sameId() ? "\n\nthe ids are equal: only observed values differ" : "";
        return header + "\n" + rows + "\n\n" + changes(diff) + lines + tensors + note;
    }

    ObjectNode json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ArrayNode table = root.putArray("layers");
        layers.forEach(row -> table.addObject()
                .put("layer", row.layer().key())
                .put("before", row.before())
                .put("after", row.after())
                .put("changes", row.changes())
                .put("observed", row.observed()));
        addChanges(diff, root.putArray("changes"));
        ArrayNode all = root.putArray("templates");
        templates.forEach(template -> {
            ArrayNode lines = all.addObject().put("field", template.field()).putArray("lines");
            template.lines().forEach(lines::add);
        });
        ArrayNode models = root.putArray("tensors");
        weights.forEach(model -> add(model, models.addObject().put("field", model.field())));
        return root;
    }

    private static void add(WeightsDiff model, ObjectNode node) {
        model.tensors().ifPresent(tensors -> {
            tensors.changed().forEach(node.putArray("changed")::add);
            tensors.added().forEach(node.putArray("added")::add);
            tensors.removed().forEach(node.putArray("removed")::add);
        });
    }

    static String changes(LockDiff diff) {
        return diff.changes().stream()
                .map(change -> String.format(
                        Locale.ROOT,
                        "%-19s %-9s %s: %s",
                        change.layer(),
                        change.state(),
                        change.field(),
                        change.values()))
                .collect(Collectors.joining("\n"));
    }

    static void addChanges(LockDiff diff, ArrayNode changes) {
        diff.changes()
                .forEach(change -> changes.addObject()
                        .put("layer", change.layer().key())
                        .put("state", change.state())
                        .put("field", change.field())
                        .put("before", change.before())
                        .put("after", change.after()));
    }

    private static String row(LayerTable.Row row) {
        String differs = row.changes() == 0 ? "" : " differs in " + count(row.changes(), "field");
        String observed = row.observed() == 0 ? "" : " observed: " + count(row.observed(), "value");
        return String.format(
                        Locale.ROOT,
                        "%-19s %-9s %-9s%s%s",
                        row.layer(),
                        brief(row.before()),
                        brief(row.after()),
                        differs,
                        observed)
                .stripTrailing();
    }

    private static String count(long count, String word) {
        return count + " " + word + (count == 1 ? "" : "s");
    }

    private static String brief(String digest) {
        return digest.isEmpty() ? "-" : digest.substring(0, Math.min(DIGITS, digest.length()));
    }

    private static String tensors(WeightsDiff model) {
        return "\n\ntensors of " + model.field() + ":\n"
                + model.tensors()
                        .map(TensorDiff::words)
                        .orElse(
                                "are not named: the digests of both must lie in the folder tensors beside their locks, where"
                                        + " `lockstep lock` keeps them");
    }

    private static String lines(TemplateDiff template) {
        String lines = template.lines().isEmpty()
                ? "the lines are not shown: both texts must lie in captures/templates beside their locks, where `lockstep lock`"
                        + " keeps them"
                : String.join("\n", template.lines());
        return "\n\ntemplate " + template.field() + ":\n" + lines;
    }
}
