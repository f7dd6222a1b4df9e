package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.CanonicalJson;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Policies;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares the probes of a live stack with those recorded under its lock. */
record ProbeChecks(Policies policies) {

    List<Check> run(Optional<Probes> recorded, Probes live) {
        if (recorded.isEmpty() || recorded.get().rendered().isEmpty()) {
            return notChecked("no probes were recorded under this lock");
        }
        if (live.rendered().isEmpty()) {
            return notChecked("this server renders no prompts for others");
        }
        List<Check> checks = new ArrayList<>();
        recorded.get().rendered().forEach((name, expected) -> {
            Probes.Rendered actual = live.rendered().get(name);
            if (actual != null) {
                checks.addAll(rendered(name, expected, actual));
            }
        });
        recorded.get().sampling().forEach((setting, expected) -> checks.add(sampling(setting, expected, live)));
        return checks;
    }

    private List<Check> rendered(String name, Probes.Rendered expected, Probes.Rendered actual) {
        boolean sameText = expected.text().equals(actual.text());
        Check text = check(
                Layer.TEMPLATE,
                Check.Step.RENDER,
                name + ".text",
                sameText ? Check.Outcome.MATCH : Check.Outcome.MISMATCH,
                new Values(expected.text(), actual.text(), "the rendered prompt"));
        boolean sameIds = expected.ids().equals(actual.ids());
        Check.Outcome ids = sameIds ? Check.Outcome.MATCH : Check.Outcome.MISMATCH;
        return List.of(
                text,
                check(
                        Layer.TOKENIZER,
                        Check.Step.RENDER,
                        name + ".ids",
                        sameText ? ids : Check.Outcome.NOT_CHECKED,
                        new Values(
                                expected.count() + " tokens " + expected.ids(),
                                actual.count() + " tokens " + actual.ids(),
                                sameText ? "the token ids of the same text" : "another text has other tokens")));
    }

    private Check sampling(String setting, JsonNode expected, Probes live) {
        JsonNode actual = live.sampling().get(setting);
        if (actual == null) {
            return check(
                    Layer.GENERATION_DEFAULTS,
                    Check.Step.SAMPLING,
                    setting,
                    Check.Outcome.UNVERIFIABLE,
                    new Values(expected.toString(), "", "the server does not tell it"));
        }
        return check(
                Layer.GENERATION_DEFAULTS,
                Check.Step.SAMPLING,
                setting,
                CanonicalJson.compact(expected).equals(CanonicalJson.compact(actual))
                        ? Check.Outcome.MATCH
                        : Check.Outcome.MISMATCH,
                new Values(expected.toString(), actual.toString(), "what takes effect when a request sets nothing"));
    }

    private List<Check> notChecked(String why) {
        Values values = new Values("", "", why);
        return List.of(
                check(Layer.TEMPLATE, Check.Step.RENDER, "rendered", Check.Outcome.NOT_CHECKED, values),
                check(Layer.TOKENIZER, Check.Step.RENDER, "ids", Check.Outcome.NOT_CHECKED, values),
                check(Layer.GENERATION_DEFAULTS, Check.Step.SAMPLING, "sampling", Check.Outcome.NOT_CHECKED, values));
    }

    private record Values(String expected, String actual, String note) {}

    private Check check(Layer layer, Check.Step step, String field, Check.Outcome outcome, Values values) {
        return new Check(
                layer,
                step,
                field,
                outcome,
                policies.of(layer, field).kind(),
                values.expected(),
                values.actual(),
                values.note());
    }
}
