package dev.lockstep.derivation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.Problem;
import dev.lockstep.document.ProblemsException;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Policies;
import dev.lockstep.lock.TensorDigests;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What an examination of a derivation finds. */
public final class Findings {
    private final Policies policies;
    private final SortedMap<String, JsonNode> facts = new TreeMap<>();
    private final SortedMap<String, String> gaps = new TreeMap<>();
    private final SortedMap<String, TensorDigests> tensors = new TreeMap<>();
    private final List<Check> checks = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    Findings(Policies policies) {
        this.policies = policies;
    }

    /** Returns what files prove: the pinned fields of the layer. */
    public SortedMap<String, JsonNode> facts() {
        return Collections.unmodifiableSortedMap(facts);
    }

    /** Returns the fields that could not be told, each with the reason. */
    public SortedMap<String, String> gaps() {
        return Collections.unmodifiableSortedMap(gaps);
    }

    /** Returns the tensors of the parents, to be kept beside the lock. */
    public List<TensorDigests> tensors() {
        return List.copyOf(tensors.values());
    }

    /** Returns whether the model is what its base and the steps make. */
    public List<Check> checks() {
        return List.copyOf(checks);
    }

    /** Returns the same, or fails with all that breaks a lock. */
    Findings orProblems() {
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
        return this;
    }

    void fact(String field, JsonNode value) {
        facts.put(field, value);
    }

    void gap(String field, String why) {
        gaps.put(field, why);
    }

    void keep(TensorDigests found) {
        tensors.put(found.root(), found);
    }

    void unverifiable(Step step, String name, String expected, String why) {
        add(step, name, Check.Outcome.UNVERIFIABLE, new Values(expected, ""), why);
    }

    /** Adds what was found; a match when there is no fault. */
    void judged(Step step, String name, Values values, List<String> faults) {
        Check.Outcome outcome = faults.isEmpty() ? Check.Outcome.MATCH : Check.Outcome.MISMATCH;
        add(step, name, outcome, values, String.join("; ", faults));
    }

    /** What should be, and what is, in short. */
    record Values(String expected, String actual) {}

    private void add(Step step, String name, Check.Outcome outcome, Values values, String note) {
        String field = step.field(name);
        Check check = new Check(
                Layer.DERIVATION,
                Check.Step.DISK,
                field,
                outcome,
                policies.of(Layer.DERIVATION, field).kind(),
                values.expected(),
                values.actual(),
                note);
        checks.add(check);
        if (check.breaksLock()) {
            problems.add(new Problem(step.position(), step + ": " + note));
        }
    }
}
