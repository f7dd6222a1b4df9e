package dev.lockstep.stack;

import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.Lock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Verifies every server of a stack on its own; files, which are the same for all, are read once. */
public final class ReplicaVerifier {
    private final Verifier verifier;
    private final Optional<Probes> expected;

    /**
     * Makes a verifier of one stack.
     *
     * @param expected the probes recorded under the lock; without them, rendering and sampling are not checked
     */
    public ReplicaVerifier(Lock lock, StackConfig config, Optional<Probes> expected) {
        this.verifier = new Verifier(lock, config);
        this.expected = expected;
    }

    /**
     * Verifies the stack: static and disk once, process, live, rendered prompts and sampling of each server.
     *
     * @throws LockstepException of kind ENDPOINT when none of them answers
     */
    public ReplicaVerification verify(ReplicaSet.Known known, List<LiveReplica> replicas) {
        return verify(known, replicas, verifier.ofFiles());
    }

    /** Looks again at the servers alone: what may have changed while they ran. */
    public ReplicaVerification again(ReplicaSet.Known known, List<LiveReplica> replicas) {
        return verify(known, replicas, List.of());
    }

    private ReplicaVerification verify(ReplicaSet.Known known, List<LiveReplica> replicas, List<Check> ofFiles) {
        SequencedMap<String, List<Check>> byReplica = new LinkedHashMap<>();
        List<ReplicaState> states = new ArrayList<>();
        for (LiveReplica replica : replicas) {
            states.add(state(replica, byReplica));
        }
        ReplicaSet set = new ReplicaSet(known, states);
        if (byReplica.isEmpty()) {
            throw new LockstepException(ErrorKind.ENDPOINT, String.join("\n", set.silences()));
        }
        List<Check> checks = new ArrayList<>(ofFiles);
        checks.addAll(MergedChecks.of(byReplica));
        return new ReplicaVerification(new Verification(checks, verifier.floor()), set);
    }

    private ReplicaState state(LiveReplica replica, SequencedMap<String, List<Check>> byReplica) {
        try {
            List<Check> checks = verifier.ofServer(replica.endpoint(), expected);
            byReplica.put(replica.name(), checks);
            return ReplicaState.of(replica, new Verification(checks, verifier.floor()));
        } catch (LockstepException e) {
            if (e.kind() != ErrorKind.ENDPOINT && e.kind() != ErrorKind.TIMEOUT) {
                throw e;
            }
            return ReplicaState.silent(replica, String.valueOf(e.getMessage()));
        }
    }
}
