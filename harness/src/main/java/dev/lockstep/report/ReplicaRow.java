package dev.lockstep.report;

import dev.lockstep.job.RunResult;
import dev.lockstep.stack.ReplicaSet;
import dev.lockstep.stack.ReplicaState;
import java.util.List;

/**
 * One of the listed servers behind an endpoint.
 *
 * @param samples how many it answered; {@code –} where the samples do not tell
 */
record ReplicaRow(ReplicaState state, String samples) {

    /** Returns the servers in their order; nothing where they are not listed. */
    static List<ReplicaRow> all(RunResult result) {
        return result.sight().replicas().filter(ReplicaSet::isListed).map(ReplicaSet::states).orElse(List.of()).stream()
                .map(state -> new ReplicaRow(state, samples(state, result)))
                .toList();
    }

    /** Returns how it stands, in one word. */
    String status() {
        if (!state.answers()) {
            return "silent";
        }
        return state.broken().isEmpty() ? "match" : "moved";
    }

    private static String samples(ReplicaState state, RunResult result) {
        Integer answered = result.sight().answered().get(state.name());
        return answered == null ? "–" : answered.toString();
    }
}
