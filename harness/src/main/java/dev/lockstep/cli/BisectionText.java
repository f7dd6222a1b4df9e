package dev.lockstep.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.gate.Attribution;
import dev.lockstep.job.Bisection;
import dev.lockstep.lock.Layer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a search for layers found, for people and for machines. */
record BisectionText(Bisection bisection) {
    private static final double MILLIS = 1000;

    String text() {
        Bisection.Asked asked = bisection.asked();
        List<String> lines = new ArrayList<>();
        lines.add("first    " + asked.first() + "\nsecond   " + asked.second());
        lines.add("asked    " + asked.prompts() + " prompts a start, judged " + asked.judging());
        lines.add("differ   " + orNone(names(bisection.differing())));
        bisection.keptOut().forEach((layer, why) -> lines.add("not exchanged: " + layer + ", for " + why));
        lines.add("");
        lines.add(row("step", "stack", "layers of the second", "answers", "s", "first difference"));
        int number = 0;
        for (Bisection.Step step : bisection.steps()) {
            number++;
            lines.add(row(
                    number, step.stack(), names(step.ofSecond()), step.outcome(), seconds(step.took()), step.what()));
        }
        lines.add("");
        lines.addAll(conclusion());
        return String.join("\n", lines);
    }

    private List<String> conclusion() {
        List<String> lines = new ArrayList<>();
        bisection.culprits().forEach(culprit -> lines.add(sentence(culprit)));
        switch (bisection.result()) {
            case SAME -> lines.add("both stacks answer alike" + unseen());
            case FOUND -> {}
            case FOUND_IN_PART ->
                lines.add("this is not all that differs: without it the second stack does not answer as the first");
            case NOT_FOUND ->
                lines.add("the stacks answer in different ways, and no layer that can be exchanged makes them"
                        + (bisection.keptOut().isEmpty()
                                ? ""
                                : "; left are " + names(bisection.keptOut().keySet())));
        }
        return lines;
    }

    private String unseen() {
        return bisection.differing().isEmpty()
                ? ""
                : ", though they differ in " + names(bisection.differing()) + ": no prompt that was asked shows it";
    }

    private static String sentence(Bisection.Culprit culprit) {
        boolean several = culprit.layers().size() > 1;
        String these = several ? "these" : "it";
        String proved = culprit.isProved()
                ? "the first stack with " + these + " alone answers as another"
                : "no stack with " + these + " alone runs";
        String back = culprit.isAll() ? ", the second without " + these + " as the first" : "";
        return names(culprit.layers()) + (several ? " together change" : " changes") + " behaviour: " + proved + back
                + (culprit.isProved() ? "; " + Attribution.Basis.SUBSTITUTION.words() : "");
    }

    ObjectNode json() {
        Bisection.Asked asked = bisection.asked();
        ObjectNode root = JsonNodeFactory.instance
                .objectNode()
                .put("first", asked.first().value())
                .put("second", asked.second().value())
                .put("prompts", asked.prompts())
                .put("judging", asked.judging())
                .put("result", bisection.result().name());
        root.set("differing", keys(bisection.differing()));
        ObjectNode keptOut = root.putObject("notExchanged");
        bisection.keptOut().forEach((layer, why) -> keptOut.put(layer.key(), why));
        ArrayNode steps = root.putArray("steps");
        bisection.steps().forEach(step -> steps.add(json(step)));
        ArrayNode culprits = root.putArray("culprits");
        bisection.culprits().forEach(culprit -> {
            ObjectNode node = culprits.addObject();
            node.set("layers", keys(culprit.layers()));
            node.put("isProved", culprit.isProved()).put("isAll", culprit.isAll());
        });
        return root;
    }

    private static ObjectNode json(Bisection.Step step) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("stack", step.stack())
                .put("answers", step.outcome())
                .put("firstDifference", step.what())
                .put("seconds", step.took().toMillis() / MILLIS)
                .put("log", step.log());
        node.set("layersOfSecond", keys(step.ofSecond()));
        return node;
    }

    private static ArrayNode keys(Collection<Layer> layers) {
        ArrayNode keys = JsonNodeFactory.instance.arrayNode();
        layers.forEach(layer -> keys.add(layer.key()));
        return keys;
    }

    private static String row(Object... cells) {
        return String.format(Locale.ROOT, "%4s  %-6s  %-34s  %-12s %6s  %s", cells)
                .stripTrailing();
    }

    private static String seconds(Duration took) {
        return String.format(Locale.ROOT, "%.1f", took.toMillis() / MILLIS);
    }

    private static String orNone(String names) {
        return names.isEmpty() ? "none" : names;
    }

    private static String names(Collection<Layer> layers) {
        return layers.stream().map(Layer::key).collect(Collectors.joining(", "));
    }
}
