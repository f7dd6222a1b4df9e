package dev.lockstep.job;

import dev.lockstep.document.LockstepException;
import dev.lockstep.gate.Gate;
import dev.lockstep.lock.Check;
import dev.lockstep.lock.CheckJson;
import dev.lockstep.lock.Layer;
import dev.lockstep.run.RunEnd;
import dev.lockstep.stack.ReplicaSet;
import dev.lockstep.stack.ReplicaSetJson;
import dev.lockstep.stack.ReplicaVerification;
import dev.lockstep.stack.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A stack at the end of a run, when its servers are looked at once more: weights and templates can be exchanged in a running server.
 *
 * @param checks those of the beginning, and of the end what breaks the lock
 * @param trouble what makes the run doubtful; empty when nothing does
 */
record StackAtEnd(List<Check> checks, ReplicaSet replicas, List<String> trouble) {
    private static final String AT_END = "at the end of the run";

    StackAtEnd {
        checks = List.copyOf(checks);
        trouble = List.copyOf(trouble);
    }

    static StackAtEnd of(LockedStack stack) {
        try {
            List<String> trouble = stack.starts().trouble(stack.currentStarts());
            ReplicaVerification again = stack.verifyAgain();
            return new StackAtEnd(
                    checks(stack.verification(), again.whole()), again.replicas(), trouble(stack, again, trouble));
        } catch (LockstepException e) {
            return new StackAtEnd(
                    stack.verification().checks(),
                    stack.replicas(),
                    List.of("the server no longer answers: " + e.getMessage()));
        }
    }

    /** Returns whether it is worth asking more: the same starts of the locked stack. */
    boolean isSound() {
        return trouble.isEmpty() && checks.stream().noneMatch(Check::breaksLock);
    }

    /** Returns why it is not sound. */
    List<String> reasons() {
        List<String> reasons = new ArrayList<>();
        new BrokenLock(new Verification(checks, Set.of()), Optional.of(replicas))
                .after()
                .ifPresent(broken -> reasons.addAll(broken.reasons()));
        reasons.addAll(trouble);
        return reasons;
    }

    /** A run is only begun under a lock that holds, so what breaks it was seen at the end. */
    static Gate.Judgement judged(RunEnd end, Gate.Judgement judgement) {
        Verification then = new Verification(CheckJson.read(end.checks()), Set.of());
        return new BrokenLock(then, ReplicaSetJson.read(end.replicas()))
                .after()
                .map(broken -> new Gate.Judgement(broken, judgement.findings()))
                .orElse(judgement);
    }

    private static List<Check> checks(Verification before, Verification after) {
        List<Check> checks = new ArrayList<>(before.checks());
        for (Layer layer : after.broken()) {
            after.breaking(layer).forEach(check -> checks.add(check.noted(noted(check))));
        }
        return checks;
    }

    private static String noted(Check check) {
        return check.note().isEmpty() ? AT_END : AT_END + ": " + check.note();
    }

    /** What could be verified at first, and cannot be at the end, may have been exchanged in between. */
    private static List<String> trouble(LockedStack stack, ReplicaVerification again, List<String> known) {
        List<String> trouble = new ArrayList<>(known);
        List<Layer> lost = again.whole().belowFloor().stream()
                .filter(layer -> !stack.verification().belowFloor().contains(layer))
                .filter(layer -> !again.whole().broken().contains(layer))
                .toList();
        if (!lost.isEmpty() && known.isEmpty()) {
            trouble.add(AT_END + " these layers could no longer be verified: " + BrokenLock.names(lost)
                    + why(again, lost) + "; start the same command again");
        }
        return trouble;
    }

    private static String why(ReplicaVerification again, List<Layer> lost) {
        return again.whole().checks().stream()
                .filter(check -> lost.contains(check.layer()) && check.outcome() == Check.Outcome.UNVERIFIABLE)
                .map(Check::note)
                .filter(note -> !note.isEmpty())
                .findFirst()
                .map(note -> " (" + note + ")")
                .orElse("");
    }
}
