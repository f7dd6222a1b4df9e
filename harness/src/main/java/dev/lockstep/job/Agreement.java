package dev.lockstep.job;

import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.LockDiff;
import dev.lockstep.lock.NoteComparison;
import dev.lockstep.lock.Policies;
import dev.lockstep.stack.LiveEndpoint;
import dev.lockstep.stack.Logprobs;
import dev.lockstep.stack.Probes;
import dev.lockstep.stack.Recorded;
import dev.lockstep.stack.ResolvedStack;
import dev.lockstep.stack.StackConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** What the replicas of a stack have in common when it is locked: all, or there is no one stack to lock. */
final class Agreement {
    private static final int MOST_SHOWN = 4;

    private final Policies policies;
    private final SequencedMap<Found, List<String>> groups = new LinkedHashMap<>();

    private Agreement(Policies policies) {
        this.policies = policies;
    }

    /** What was found of a replica. */
    record Found(ResolvedStack stack, Probes probes, Logprobs logprobs) {
        /** Takes the probes of a server. */
        static Found of(StackConfig config, ResolvedStack stack, LiveEndpoint endpoint) {
            return new Found(stack, Probes.take(config, endpoint), Logprobs.take(config, endpoint));
        }

        Lock lock() {
            return stack.lock();
        }

        Recorded recorded() {
            return new Recorded(Optional.of(probes), Optional.of(logprobs));
        }

        /** Returns the same with the log-probabilities of all replicas: how they differ belongs to the noise. */
        private Found withLogprobs(Collection<Found> replicas) {
            Logprobs all =
                    replicas.stream().map(Found::logprobs).reduce(Logprobs::and).orElse(logprobs);
            return new Found(stack, probes, all);
        }
    }

    /**
     * Returns what was found of the first replica, which all others equal where a mismatch would break the lock.
     *
     * @throws LockstepException of kind LOCK, with the replicas that differ and in what
     */
    static Found of(SequencedMap<String, Found> replicas, Policies policies) {
        Agreement agreement = new Agreement(policies);
        replicas.forEach(agreement::group);
        if (agreement.groups.size() > 1) {
            throw new LockstepException(ErrorKind.LOCK, agreement.difference(replicas.size()));
        }
        return replicas.sequencedValues().getFirst().withLogprobs(replicas.values());
    }

    private void group(String name, Found found) {
        Found same = groups.keySet().stream()
                .filter(known -> known.probes().equals(found.probes())
                        && changes(known, found).isEmpty())
                .findFirst()
                .orElse(found);
        groups.computeIfAbsent(same, unused -> new ArrayList<>()).add(name);
    }

    /** Returns what of two locks would break either, were it found under the other. */
    private List<LockDiff.Change> changes(Found one, Found other) {
        return LockDiff.between(one.lock(), other.lock()).changes().stream()
                .filter(change -> change.movesId() || isStrict(change))
                .toList();
    }

    private boolean isStrict(LockDiff.Change change) {
        return policies.of(change.layer(), change.field()).kind().isStrict()
                && !NoteComparison.isNote(change.layer(), change.field());
    }

    private String difference(int replicas) {
        Found first = groups.sequencedKeySet().getFirst();
        List<String> lines = new ArrayList<>();
        lines.add("the " + replicas + " replicas are not one stack, so nothing was written:");
        groups.forEach((found, names) -> lines.add("  " + String.join(", ", names) + ": "
                + found.lock().id().brief()
                + (found.equals(first) ? "" : ", which differs in " + told(first, found))));
        lines.add("Make them equal, or lock one of them alone: --url ADDRESS");
        return String.join("\n", lines);
    }

    private String told(Found one, Found other) {
        List<String> told = new ArrayList<>(changes(one, other).stream()
                .map(change -> change.layer() + " " + change.field() + " (" + change.values() + ")")
                .toList());
        if (!one.probes().equals(other.probes())) {
            told.add("what it renders or samples (" + probes(one.probes(), other.probes()) + ")");
        }
        String more = told.size() > MOST_SHOWN ? " and " + (told.size() - MOST_SHOWN) + " more" : "";
        return told.stream().limit(MOST_SHOWN).collect(Collectors.joining(", ")) + more;
    }

    private static String probes(Probes one, Probes other) {
        List<String> names = new ArrayList<>();
        one.rendered().forEach((name, rendered) -> {
            if (!rendered.equals(other.rendered().get(name))) {
                names.add(name);
            }
        });
        one.sampling().forEach((name, value) -> {
            if (!value.equals(other.sampling().get(name))) {
                names.add(name);
            }
        });
        return String.join(", ", names);
    }
}
