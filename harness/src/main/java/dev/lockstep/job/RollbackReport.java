package dev.lockstep.job;

import dev.lockstep.lock.LockId;
import java.util.List;

/**
 * Whether an earlier lock can be served again.
 *
 * @param items one for each part of the bundle, in a fixed order
 */
public record RollbackReport(LockId lock, List<Item> items) {

    public RollbackReport {
        items = List.copyOf(items);
    }

    /** How a part stands, or all of them together. */
    public enum State {
        /** It is there, and it is what was locked. */
        READY,
        /** The lock holds no such part. */
        NOT_NEEDED,
        /** It may be there, or can be had again, but nobody proved it. */
        DEGRADED,
        /** It is gone, or something else. */
        IMPOSSIBLE
    }

    /**
     * One part of the bundle.
     *
     * @param part its name: {@code files}
     * @param reason what was seen
     * @param remedy what to do; empty when nothing is to be done
     */
    public record Item(String part, State state, String reason, String remedy) {
        static Item ready(String part, String reason) {
            return new Item(part, State.READY, reason, "");
        }

        static Item notNeeded(String part, String reason) {
            return new Item(part, State.NOT_NEEDED, reason, "");
        }

        static Item degraded(String part, String reason, String remedy) {
            return new Item(part, State.DEGRADED, reason, remedy);
        }

        static Item impossible(String part, String reason, String remedy) {
            return new Item(part, State.IMPOSSIBLE, reason, remedy);
        }
    }

    /** Returns the worst of all parts. */
    public State state() {
        State worst = items.stream().map(Item::state).max(State::compareTo).orElse(State.READY);
        return worst == State.NOT_NEEDED ? State.READY : worst;
    }
}
