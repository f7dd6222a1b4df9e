package dev.lockstep.lock;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How many fields are known in which way: of a lock alone what a verification can rest on at most. */
public record LockCoverage(int pinned, int declared, int observed, int unknown) {

    public static LockCoverage of(LayerState state) {
        return new LockCoverage(
                state.pinned().size(),
                state.declared().size(),
                state.observed().size(),
                state.unknown().size());
    }

    /** Counts over all layers. */
    public static LockCoverage of(Lock lock) {
        return lock.layers().values().stream().map(LockCoverage::of).reduce(none(), LockCoverage::plus);
    }

    public static LockCoverage none() {
        return new LockCoverage(0, 0, 0, 0);
    }

    /** Returns the same fields, of which the server shows what was locked with proof, and nobody saw it. */
    public LockCoverage pinnedAreObserved() {
        return new LockCoverage(0, declared, pinned + observed, unknown);
    }

    /** Returns the same fields, of which nothing that answers was compared with what was locked with proof. */
    public LockCoverage pinnedAreDeclared() {
        return new LockCoverage(0, pinned + declared, observed, unknown);
    }

    public LockCoverage plus(LockCoverage other) {
        return new LockCoverage(
                pinned + other.pinned, declared + other.declared, observed + other.observed, unknown + other.unknown);
    }

    /** Returns one line: {@code pinned 41 · observed 12 · unknown 6}, with what is declared where anything is. */
    @Override
    public String toString() {
        String word = declared == 0 ? "" : "declared " + declared;
        return Stream.of("pinned " + pinned, word, "observed " + observed, "unknown " + unknown)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" · "));
    }
}
