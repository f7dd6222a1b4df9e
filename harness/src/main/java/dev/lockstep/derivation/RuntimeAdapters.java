package dev.lockstep.derivation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Holds the adapters that a server loads beside its model, in their order, against the steps that name one. */
record RuntimeAdapters(Derivation derivation, DerivedModel model, Findings findings) {

    private static final String LOADED = "loaded";
    private static final String UNREADABLE = "the adapter cannot be read here";

    void check() {
        List<Step> steps = derivation.steps().stream()
                .filter(step -> step.operation().touch() == Operation.Touch.NOTHING)
                .toList();
        for (int place = 0; place < steps.size(); place++) {
            check(steps.get(place), place);
        }
        if (!steps.isEmpty() && model.adapters().size() > steps.size()) {
            findings.judged(
                    steps.getLast(),
                    LOADED,
                    new Findings.Values(
                            steps.size() + " adapters", model.adapters().size() + " adapters"),
                    List.of("the launch loads "
                            + model.adapters().get(steps.size()).path().getFileName()
                            + " as well; add a step for it, or leave it out"));
        }
    }

    private void check(Step step, int place) {
        if (model.adapters().size() <= place) {
            findings.judged(
                    step,
                    LOADED,
                    new Findings.Values(words(place, step.number("scale", 1)), ""),
                    List.of("the launch loads no adapter at place " + (place + 1) + "; add it, or take the step out"));
            return;
        }
        compare(step, place);
    }

    private void compare(Step step, int place) {
        DerivedModel.LoadedAdapter loaded = model.adapters().get(place);
        Optional<String> digest = digest(step.adapter());
        digest.ifPresentOrElse(
                value -> findings.fact(step.field("adapter"), TextNode.valueOf(value)),
                () -> findings.gap(step.field("adapter"), UNREADABLE));
        Optional<String> found = digest(Optional.of(loaded.path()));
        if (digest.isPresent() && found.isPresent() && loaded.scale().isPresent()) {
            judge(step, place, digest.equals(found));
            return;
        }
        String why = loaded.scale().isEmpty() ? "only the process tells the scale of its adapters" : UNREADABLE;
        findings.gap(step.field(LOADED), why);
        findings.unverifiable(step, LOADED, words(place, step.number("scale", 1)), why);
    }

    private void judge(Step step, int place, boolean isSame) {
        DerivedModel.LoadedAdapter loaded = model.adapters().get(place);
        double expected = step.number("scale", 1);
        double actual = loaded.scale().orElse(expected);
        findings.fact(step.field(LOADED), loaded(loaded.path(), place, actual));
        findings.judged(
                step,
                LOADED,
                new Findings.Values(words(place, expected), words(place, actual)),
                faults(step, loaded, isSame));
    }

    private static String words(int place, double scale) {
        return "adapter " + (place + 1) + ", scale " + scale;
    }

    private static List<String> faults(Step step, DerivedModel.LoadedAdapter loaded, boolean isSame) {
        if (!isSame) {
            return List.of("the launch loads another adapter there, " + loaded.path()
                    + "; name that one, or put the steps into the order of the launch");
        }
        boolean isDora = LowRankAdapter.trainsLengths(loaded.path());
        if (isDora != (step.operation() == Operation.DORA_RUNTIME)) {
            return List.of("names an adapter " + (isDora ? "with" : "without") + " trained lengths of rows, which is "
                    + (isDora ? "dora-runtime" : "lora-runtime") + "; correct 'op' or 'adapter'");
        }
        return loaded.scale()
                .filter(scale -> scale != step.number("scale", 1))
                .map(scale -> List.of("the launch gives it the scale " + scale
                        + "; write that as 'scale' in 'parameters', or correct the launch"))
                .orElse(List.of());
    }

    private static ObjectNode loaded(Path adapter, int place, double scale) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", String.valueOf(adapter.getFileName()))
                .put("order", place + 1)
                .put("scale", scale);
    }

    private static Optional<String> digest(Optional<Path> adapter) {
        return adapter.filter(Files::isReadable).map(LowRankAdapter::digest);
    }
}
