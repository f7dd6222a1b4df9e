package dev.lockstep.derivation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.LockstepException;
import dev.lockstep.document.ProblemsException;
import dev.lockstep.lock.Policies;
import dev.lockstep.lock.TensorStore;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Holds a model against its base and the steps between them. */
public final class Examination {
    private static final String BASE = "base";
    private static final String TENSORS = "tensors";

    private final Derivation derivation;
    private final DerivedModel model;
    private final KnownParents parents;
    private final boolean withNumbers;

    private Examination(Derivation derivation, DerivedModel model, KnownParents parents, boolean withNumbers) {
        this.derivation = derivation;
        this.model = model;
        this.parents = parents;
        this.withNumbers = withNumbers;
    }

    /** The pinned fields of the layer in a lock, and the sidecars beside it. */
    public record Locked(TensorStore sidecars, Map<String, JsonNode> pinned) {}

    /**
     * Looks at all that is here, numbers included.
     *
     * @param own the sidecars of the stack that is locked
     * @throws LockstepException when a lock, a sidecar, an adapter or the weights of a parent are damaged or not the locked ones
     * @throws ProblemsException when the model is not what the derivation says
     */
    public static Findings whenLocking(Derivation derivation, DerivedModel model, Policies policies, TensorStore own) {
        KnownParents parents = new KnownParents(new ParentReader(own), Optional.empty(), new Findings(policies));
        return new Examination(derivation, model, parents, true).run().orProblems();
    }

    /**
     * Looks at the sets of tensors again, in the sidecars of the lock where they are, else as when locking. What cannot be
     * read is a gap.
     */
    public static Findings whenVerifying(Derivation derivation, DerivedModel model, Policies policies, Locked locked) {
        KnownParents parents = new KnownParents(
                new ParentReader(locked.sidecars()), Optional.of(locked.pinned()), new Findings(policies));
        return new Examination(derivation, model, parents, false).run();
    }

    private Findings run() {
        derivation.steps().forEach(parents::read);
        new RuntimeAdapters(derivation, model, parents.findings()).check();
        derivation.stretches().forEach(this::compare);
        return parents.findings();
    }

    private void compare(Stretch stretch) {
        Optional<LowRankAdapter> adapter = MergedAdapters.of(stretch, withNumbers, parents.findings());
        ParentModel base = parents.known(stretch.first(), BASE);
        Optional<ParentModel> result = stretch.result().map(unused -> parents.known(next(stretch), BASE));
        gap(base, result)
                .or(() -> gap(stretch, adapter))
                .ifPresentOrElse(
                        why -> parents.findings().unverifiable(stretch.first(), TENSORS, expected(stretch), why),
                        () -> judge(new StretchCheck(
                                stretch,
                                result.isPresent() ? end(base) : comparable(base),
                                result.map(Examination::end).orElseGet(() -> served(base)),
                                other(stretch),
                                adapter)));
    }

    private void judge(StretchCheck check) {
        Step first = check.stretch().first();
        int differing = check.difference().names().size();
        int all = check.result().tensors().byName().size();
        parents.findings()
                .judged(
                        first,
                        TENSORS,
                        new Findings.Values(expected(check.stretch()), differing + " of " + all + " tensors differ"),
                        check.faultsOfTensors());
        if (withNumbers && check.numbersFollow()) {
            NumberChecks.Result numbers = check.numbers();
            String compared = numbers.compared().size() + " tensors compared";
            parents.findings()
                    .judged(first, "numbers", new Findings.Values("those of the steps", compared), numbers.faults());
        }
    }

    private static String expected(Stretch stretch) {
        return stretch.steps().stream()
                .map(step -> step.operation().key())
                .distinct()
                .collect(Collectors.joining(", ", "only what ", " may change"));
    }

    private Step next(Stretch stretch) {
        return derivation.steps().get(stretch.steps().getLast().number());
    }

    private Optional<String> gap(ParentModel base, Optional<ParentModel> result) {
        if (base.tensors().isEmpty()) {
            return Optional.of(base.why());
        }
        if (result.isPresent()) {
            return result.filter(parent -> parent.tensors().isEmpty()).map(ParentModel::why);
        }
        return model.model().byName().isEmpty()
                ? Optional.of("the model that the stack serves cannot be read here")
                : Optional.empty();
    }

    /** Only the adapter says what its merge may change, where nobody else does. */
    private static Optional<String> gap(Stretch stretch, Optional<LowRankAdapter> adapter) {
        boolean isOpen = stretch.steps().stream()
                .anyMatch(step ->
                        step.operation().mergesAdapter() && step.changes().isEmpty());
        return isOpen && adapter.isEmpty()
                ? Optional.of(
                        "the adapter, which says what may change, cannot be read here; name the tensors in 'changes'")
                : Optional.empty();
    }

    private StretchCheck.End comparable(ParentModel base) {
        return new StretchCheck.End(model.comparable(base.tensors().orElseThrow()), base.files());
    }

    private StretchCheck.End served(ParentModel base) {
        return new StretchCheck.End(model.comparableWith(base.tensors().orElseThrow()), model.files());
    }

    private static StretchCheck.End end(ParentModel parent) {
        return new StretchCheck.End(parent.tensors().orElseThrow(), parent.files());
    }

    private Optional<StretchCheck.End> other(Stretch stretch) {
        return stretch.steps().stream()
                .filter(step -> step.other().isPresent())
                .map(step -> parents.known(step, "with"))
                .filter(parent -> parent.tensors().isPresent())
                .map(Examination::end)
                .findFirst();
    }
}
