package dev.lockstep.cli;

import dev.lockstep.stack.ReplicaSet;
import dev.lockstep.stack.ReplicaState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The servers behind an endpoint, for a terminal: one line each, and nothing where there is only one. */
final class ReplicaLines {
    private ReplicaLines() {}

    static List<String> of(ReplicaSet replicas) {
        if (!replicas.isListed()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        int width = replicas.names().stream().mapToInt(String::length).max().orElse(1);
        for (ReplicaState state : replicas.states()) {
            lines.add(String.format(Locale.ROOT, "replica %-" + width + "s  %s", state.name(), state.told()));
        }
        return lines;
    }
}
