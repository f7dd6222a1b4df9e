package dev.lockstep.stack;

import java.util.List;

/**
 * What is known of the servers behind an endpoint. Nothing in the protocol tells a router from a server, so the operator does:
 * an endpoint of which nobody says otherwise is one server.
 */
public sealed interface Replicas {

    /** The endpoint is one server. */
    record Single() implements Replicas {}

    /** The endpoint is these servers, in the order in which cases are spread over them. */
    record Listed(List<Replica> all) implements Replicas {
        public Listed {
            all = List.copyOf(all);
        }
    }

    /** The endpoint is a router, and which servers answer behind it is unknown. */
    record Unlisted() implements Replicas {}

    /** Returns those that are listed, each with its address. */
    default List<Replica> listed() {
        return switch (this) {
            case Listed(List<Replica> all) -> all;
            case Single single -> List.of();
            case Unlisted unlisted -> List.of();
        };
    }
}
