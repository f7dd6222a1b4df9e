package dev.lockstep.job;

import dev.lockstep.gate.Verdict;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.Layer;
import dev.lockstep.stack.ReplicaSet;
import dev.lockstep.stack.Verification;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The verdict on a stack that is not the locked one: which layers moved, in which replicas, and what was found. */
final class BrokenLock {
    private final Verification verification;
    private final Optional<ReplicaSet> replicas;

    BrokenLock(Verification verification, Optional<ReplicaSet> replicas) {
        this.verification = verification;
        this.replicas = replicas;
    }

    /** Returns the verdict where the stack was not the locked one before it was asked; empty where it was. */
    Optional<Verdict> before() {
        return verdict("the stack that answers is not the locked one");
    }

    /** Returns the verdict where the stack was the locked one at first, and is not any more; empty where it still is. */
    Optional<Verdict> after() {
        return verdict("the stack was the locked one when the run began, and was not at its end");
    }

    private Optional<Verdict> verdict(String what) {
        List<Layer> broken = verification.broken();
        if (broken.isEmpty()) {
            return Optional.empty();
        }
        List<String> reasons = new ArrayList<>();
        reasons.add(what + ": " + names(broken) + " moved");
        for (Layer layer : broken) {
            replicas.ifPresent(set -> reasons.addAll(set.difference(layer)));
            byPlace(layer).forEach(checks -> reasons.add(new BrokenLayer(checks).sentence()));
        }
        return Optional.of(new Verdict.LockBroken(broken, reasons));
    }

    /** Several replicas may each hold another lock. */
    private List<List<Check>> byPlace(Layer layer) {
        Map<String, List<Check>> byPlace = verification.breaking(layer).stream()
                .collect(Collectors.groupingBy(Check::where, LinkedHashMap::new, Collectors.toList()));
        return List.copyOf(byPlace.values());
    }

    static String names(List<Layer> layers) {
        return layers.stream().map(Layer::key).collect(Collectors.joining(", "));
    }
}
