package dev.lockstep.derivation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** All that was done to a model, in its order; without a step the model is nobody's child, or nobody says. */
public record Derivation(List<Step> steps) {

    public Derivation {
        steps = List.copyOf(steps);
    }

    public static Derivation none() {
        return new Derivation(List.of());
    }

    /** Returns what the operator says of it, as fields of the lock. */
    public SortedMap<String, JsonNode> declared() {
        SortedMap<String, JsonNode> fields = new TreeMap<>();
        steps.forEach(step -> fields.putAll(step.declared()));
        return fields;
    }

    /**
     * Returns the stretches whose beginning and end can be compared: each begins with a step that names its base, and what it
     * makes is the base of the next one.
     */
    List<Stretch> stretches() {
        List<Stretch> stretches = new ArrayList<>();
        List<Step> open = new ArrayList<>();
        for (Step step : steps) {
            if (step.base().isPresent() && !open.isEmpty()) {
                stretches.add(new Stretch(List.copyOf(open), step.base()));
                open.clear();
            }
            open.add(step);
        }
        if (!open.isEmpty()) {
            stretches.add(new Stretch(open, Optional.empty()));
        }
        return stretches;
    }
}
