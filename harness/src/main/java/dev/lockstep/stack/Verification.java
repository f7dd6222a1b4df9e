package dev.lockstep.stack;

import dev.lockstep.lock.Check;
import dev.lockstep.lock.Layer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Everything that was checked of a stack against its lock.
 *
 * @param floor layers that must be verified
 * @param refused evidence from another host that does not count, and why; with any, the stack is not verified
 * @param taken what the evidence that counts proved, in words
 */
public record Verification(List<Check> checks, Set<Layer> floor, List<String> refused, List<String> taken) {
    private static final Set<Check.Step> RENDERED = EnumSet.of(Check.Step.RENDER, Check.Step.SAMPLING);

    public Verification {
        checks = List.copyOf(checks);
        floor = Set.copyOf(floor);
        refused = List.copyOf(refused);
        taken = List.copyOf(taken);
    }

    /** What was checked without any evidence. */
    public Verification(List<Check> checks, Set<Layer> floor) {
        this(checks, floor, List.of(), List.of());
    }

    /** Returns why the stack is not verified: layers of the floor without proof, and evidence that was refused. */
    public List<String> gaps() {
        List<String> gaps = new ArrayList<>();
        if (!belowFloor().isEmpty()) {
            String names = belowFloor().stream().map(Layer::key).collect(Collectors.joining(", "));
            gaps.add("these layers must be verified and could not be: " + names
                    + "; run Lockstep where they can be read, or lower `floor` in stack.yaml");
        }
        refused.forEach(why -> gaps.add("evidence is refused: " + why));
        return gaps;
    }

    /**
     * Returns the layers that break the lock, causes before consequences: first those that an earlier step saw, then in the
     * order of a prompt's way.
     *
     * <p>The digest of a whole file (provenance) moves with each of its parts, so it counts only alone. Another engine may
     * speak differently of files that are proven unchanged; then the engine moved, and those layers did not.
     */
    public List<Layer> broken() {
        List<Layer> layers = checks.stream()
                .filter(Check::breaksLock)
                .sorted(Comparator.comparingInt((Check check) -> cause(check.step()))
                        .thenComparing(Check::layer))
                .map(Check::layer)
                .distinct()
                .filter(layer -> !isSaidByAnotherEngine(layer))
                .toList();
        return layers.size() == 1
                ? layers
                : layers.stream().filter(layer -> layer != Layer.PROVENANCE).toList();
    }

    /** Returns the checks by which a layer breaks the lock, in the order of the steps. */
    public List<Check> breaking(Layer layer) {
        return of(layer, Check::breaksLock);
    }

    /** Returns the layers of the floor that nothing proved for the running stack, in the order of a prompt's way. */
    public List<Layer> belowFloor() {
        return floor.stream().filter(layer -> !isProven(layer)).sorted().toList();
    }

    private boolean isSaidByAnotherEngine(Layer layer) {
        boolean isOtherEngine = breaking(Layer.ENGINE).stream().anyMatch(check -> check.step() == Check.Step.PROCESS);
        return isOtherEngine && layer != Layer.ENGINE && isHeldUnchanged(layer);
    }

    private boolean isHeldUnchanged(Layer layer) {
        List<Check> held = of(layer, check -> check.step() == Check.Step.PROCESS);
        return allMatch(held);
    }

    /** What a process holds proves a layer; so does what it renders. What a server only says of itself does not. */
    public boolean isProven(Layer layer) {
        return allMatch(of(layer, check -> check.step() == Check.Step.PROCESS))
                || allMatch(of(layer, check -> RENDERED.contains(check.step())));
    }

    /**
     * Returns the fields that may have one of several values, with those that were found: runs are compared where these are
     * equal. Empty where there is none such. Where replicas have different ones, all are told.
     */
    public String stratum() {
        SortedMap<String, SortedSet<String>> stratum = new TreeMap<>();
        checks.stream()
                .filter(check -> check.policy() == Check.Policy.ONE_OF && check.outcome() == Check.Outcome.MATCH)
                .forEach(
                        check -> stratum.computeIfAbsent(check.layer() + "." + check.field(), unused -> new TreeSet<>())
                                .add(check.actual()));
        return stratum.entrySet().stream()
                .map(field -> field.getKey() + "=" + String.join(" | ", field.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** Fields that may differ prove nothing of a layer that has others. */
    private static boolean allMatch(List<Check> checks) {
        List<Check> strict =
                checks.stream().filter(check -> check.policy().isStrict()).toList();
        List<Check> telling = strict.isEmpty() ? checks : strict;
        return !telling.isEmpty() && telling.stream().allMatch(check -> check.outcome() == Check.Outcome.MATCH);
    }

    private List<Check> of(Layer layer, Predicate<Check> wanted) {
        return checks.stream()
                .filter(check -> check.layer() == layer)
                .filter(wanted)
                .toList();
    }

    /** Disk and process show the same files, so neither comes before the other. */
    private static int cause(Check.Step step) {
        return switch (step) {
            case STATIC -> 0;
            case DISK, PROCESS -> 1;
            case LIVE, RENDER, SAMPLING -> 2;
        };
    }
}
