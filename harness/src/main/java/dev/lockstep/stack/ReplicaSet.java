package dev.lockstep.stack;

import dev.lockstep.lock.Check;
import dev.lockstep.lock.Layer;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The servers behind an endpoint, as they were verified.
 *
 * @param states in the order of stack.yaml; of a router whose servers nobody lists, the router itself
 */
public record ReplicaSet(Known known, List<ReplicaState> states) {

    public ReplicaSet {
        states = List.copyOf(states);
    }

    /** What is known of the servers. */
    public enum Known {
        /** There is one. */
        ONE,
        /** All are listed. */
        LISTED,
        /** A router answers, and nobody lists the servers behind it. */
        UNKNOWN
    }

    public boolean isListed() {
        return known == Known.LISTED;
    }

    public List<String> names() {
        return states.stream().map(ReplicaState::name).toList();
    }

    /** Returns those that gave no usable answer. */
    public List<ReplicaState> silent() {
        return states.stream().filter(state -> !state.answers()).toList();
    }

    /** Returns for a layer how many replicas have the locked one, and which have not; empty where nobody lists them. */
    public List<String> difference(Layer layer) {
        List<ReplicaState> without = with(state -> state.broken().containsKey(layer));
        if (!isListed() || without.isEmpty()) {
            return List.of();
        }
        String verb = verb(without.getFirst().broken().getOrDefault(layer, Check.Step.LIVE));
        int have = with(ReplicaState::answers).size() - without.size();
        String names = without.stream().map(ReplicaState::name).collect(Collectors.joining(", "));
        return List.of(layer + ": " + have + " of " + states.size() + " replicas " + verb + " the locked one; " + names
                + (without.size() == 1 ? " does not" : " do not"));
    }

    /** Returns one sentence for each replica that gave no usable answer. */
    public List<String> silences() {
        return silent().stream()
                .map(state -> isListed() ? "replica " + state.name() + ": " + state.silence() : state.silence())
                .toList();
    }

    /** Returns what a reader of a verdict must know of the servers that it speaks of; empty where there is one. */
    public List<String> notes() {
        return switch (known) {
            case ONE, LISTED -> List.of();
            case UNKNOWN ->
                List.of("replica unknown: " + states.getFirst().url()
                        + " is a router, and nobody lists the servers behind it, so whichever answered was looked at;"
                        + " list them in endpoint.replicas to have each verified");
        };
    }

    private List<ReplicaState> with(Predicate<ReplicaState> wanted) {
        return states.stream().filter(wanted).toList();
    }

    private static String verb(Check.Step step) {
        return switch (step) {
            case STATIC, DISK, PROCESS, MIRROR -> "hold";
            case LIVE -> "report";
            case RENDER -> "render";
            case SAMPLING -> "use";
            case LOGPROBS -> "compute with";
        };
    }
}
