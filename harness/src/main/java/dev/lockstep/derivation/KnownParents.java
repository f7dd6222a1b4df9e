package dev.lockstep.derivation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.document.LockstepException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The models that the steps of a derivation name, each read once, with what is proven of them. */
final class KnownParents {
    private static final String TENSORS = ".tensors";

    private final ParentReader reader;
    private final Optional<Map<String, JsonNode>> locked;
    private final Findings findings;
    private final Map<String, ParentModel> parents = new TreeMap<>();

    /**
     * Names where they are read, and what hears of it.
     *
     * @param locked the pinned fields of a lock, which lead to its sidecars; empty when one is made
     */
    KnownParents(ParentReader reader, Optional<Map<String, JsonNode>> locked, Findings findings) {
        this.reader = reader;
        this.locked = locked;
        this.findings = findings;
    }

    Findings findings() {
        return findings;
    }

    void read(Step step) {
        step.parents().forEach((name, parent) -> tell(parent, step.field(name)));
    }

    /** Returns a parent that was read. */
    ParentModel known(Step step, String name) {
        return parents.getOrDefault(step.field(name), ParentModel.unknown(Optional.empty(), "no base is named"));
    }

    private void tell(Parent parent, String field) {
        ParentModel found = read(parent, field);
        parents.put(field, found);
        if (parent.id().isEmpty()) {
            found.id()
                    .ifPresentOrElse(
                            id -> findings.fact(field, TextNode.valueOf(id.value())),
                            () -> findings.gap(field, found.why()));
        }
        found.tensors()
                .ifPresentOrElse(
                        tensors -> {
                            findings.fact(field + TENSORS, TextNode.valueOf("sha256:" + tensors.root()));
                            findings.keep(tensors);
                        },
                        () -> findings.gap(field + TENSORS, found.why()));
    }

    private ParentModel read(Parent parent, String field) {
        if (locked.isEmpty()) {
            return reader.read(parent);
        }
        try {
            return Optional.ofNullable(locked.get().get(field + TENSORS))
                    .flatMap(root -> reader.kept(parent, root.asText()))
                    .orElseGet(() -> reader.read(parent));
        } catch (LockstepException damaged) {
            return ParentModel.unknown(parent.id(), damaged.getMessage());
        }
    }
}
