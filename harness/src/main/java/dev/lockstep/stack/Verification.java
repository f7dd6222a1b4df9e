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
    private static final Set<Check.Step> SHOWN =
            EnumSet.of(Check.Step.LIVE, Check.Step.RENDER, Check.Step.SAMPLING, Check.Step.LOGPROBS);
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
        return isOtherEngine && layer != Layer.ENGINE && isProven(layer);
    }

    /**
     * Tells whether what a process holds is what was locked. What a server says, renders or answers is consistent with that at
     * most: another one may say the same.
     */
    public boolean isProven(Layer layer) {
        return allMatch(of(layer, check -> check.step() == Check.Step.PROCESS));
    }

    /** Tells whether one way of looking at the server showed of a layer what is locked, and nothing else. */
    public boolean isConsistent(Layer layer) {
        boolean isContradicted = !of(
                        layer,
                        check -> SHOWN.contains(check.step()) && (check.breaksLock() || isOtherwiseComputed(check)))
                .isEmpty();
        return !isContradicted && SHOWN.stream().anyMatch(step -> allMatch(of(layer, check -> check.step() == step)));
    }

    private static boolean isOtherwiseComputed(Check check) {
        return check.step() == Check.Step.LOGPROBS && check.outcome() == Check.Outcome.MISMATCH;
    }

    /**
     * Returns why a stack that breaks no lock is in doubt all the same: it computes other log-probabilities than when it was
     * locked, and nobody saw the layers that these speak for. Behaviour is judged by a run; this is no verdict.
     */
    public List<String> doubts() {
        return checks.stream()
                .filter(check -> isOtherwiseComputed(check) && !check.breaksLock() && !isProven(check.layer()))
                .filter(check -> check.layer() != Layer.HARDWARE)
                .map(check -> check.layer() + ": " + check.values())
                .distinct()
                .toList();
    }

    /** Tells whether a layer cannot be why answers moved: it is proven, or fixed conversations become what they were. */
    public boolean isRuledOut(Layer layer) {
        return isProven(layer) || allMatch(of(layer, check -> RENDERED.contains(check.step())));
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
            case DISK, PROCESS, MIRROR -> 1;
            case LIVE, RENDER, SAMPLING, LOGPROBS -> 2;
        };
    }
}
