package dev.lockstep.stack;

import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.Hashing;
import dev.lockstep.lock.Tier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;

/** Verifies every server of a stack on its own; files, which are the same for all, are read once. */
public final class ReplicaVerifier {
    private final Verifier verifier;
    private final List<Check> ofFiles;
    private final Recorded recorded;
    private final Completion completion;

    /**
     * Makes a verifier of one stack, and runs the steps static, disk and mirror.
     *
     * @param locked the lock, and the sidecars beside it
     * @param recorded under the lock
     * @param completion what else is known of each server
     */
    public ReplicaVerifier(ResolvedStack.Kept locked, StackConfig config, Recorded recorded, Completion completion) {
        this(locked, config, TieredReading.of(locked, new Tier.Full(), Hashing.onAllCores()), recorded, completion);
    }

    /** Does the same, and reads no more of the files than asked. */
    public ReplicaVerifier(
            ResolvedStack.Kept locked,
            StackConfig config,
            TieredReading reading,
            Recorded recorded,
            Completion completion) {
        this.verifier = new Verifier(locked, config, reading);
        this.ofFiles = List.copyOf(verifier.ofFiles());
        this.recorded = recorded;
        this.completion = completion;
    }

    /**
     * Runs the steps process, live, render, sampling and logprobs of each server, as often as asked.
     *
     * @throws LockstepException of kind ENDPOINT when none of them answers
     */
    public ReplicaVerification verify(ReplicaSet.Known known, List<LiveReplica> replicas) {
        SequencedMap<String, Verification> byReplica = new LinkedHashMap<>();
        List<ReplicaState> states = new ArrayList<>();
        for (LiveReplica replica : replicas) {
            states.add(state(replica, byReplica));
        }
        ReplicaSet set = new ReplicaSet(known, states);
        if (byReplica.isEmpty()) {
            throw new LockstepException(ErrorKind.ENDPOINT, String.join("\n", set.silences()));
        }
        return new ReplicaVerification(whole(byReplica), set);
    }

    private ReplicaState state(LiveReplica replica, Map<String, Verification> byReplica) {
        try {
            List<Check> checks = new ArrayList<>(ofFiles);
            checks.addAll(verifier.ofServer(replica.endpoint(), recorded, ofFiles));
            Verification complete = completion.complete(new Verification(checks, verifier.floor()), replica.endpoint());
            byReplica.put(replica.name(), complete);
            return ReplicaState.of(replica, ownOf(complete));
        } catch (LockstepException e) {
            if (e.kind() != ErrorKind.ENDPOINT && e.kind() != ErrorKind.TIMEOUT) {
                throw e;
            }
            return ReplicaState.silent(replica, String.valueOf(e.getMessage()));
        }
    }

    /** What the files here say is true of no single server. */
    private Verification ownOf(Verification complete) {
        List<Check> own = complete.checks().stream()
                .filter(check -> !ofFiles.contains(check))
                .toList();
        return new Verification(own, complete.floor());
    }

    private Verification whole(SequencedMap<String, Verification> byReplica) {
        SequencedMap<String, List<Check>> checks = new LinkedHashMap<>();
        byReplica.forEach((replica, verification) -> checks.put(replica, verification.checks()));
        return new Verification(
                MergedChecks.of(checks),
                verifier.floor(),
                told(byReplica, Verification::refused),
                told(byReplica, Verification::taken));
    }

    private static List<String> told(
            SequencedMap<String, Verification> byReplica, Function<Verification, List<String>> of) {
        return byReplica.entrySet().stream()
                .flatMap(replica -> of.apply(replica.getValue()).stream()
                        .map(why -> byReplica.size() == 1 ? why : "replica " + replica.getKey() + ": " + why))
                .toList();
    }
}
