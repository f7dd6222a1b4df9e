package dev.lockstep.job;

import dev.lockstep.document.LockstepException;
import dev.lockstep.gate.Confirmation;
import dev.lockstep.gate.ToConfirm;
import dev.lockstep.gate.ToConfirm.Start;
import dev.lockstep.run.SampleKey;
import java.util.List;
import java.util.Optional;

/** Asks afresh what a test fired on: first the same server start, then, where Lockstep may start one, another. */
final class Confirmations {
    private final LockedStack stack;
    private final RunSession session;
    private final Judging judging;

    Confirmations(LockedStack stack, RunSession session, Judging judging) {
        this.stack = stack;
        this.session = session;
        this.judging = judging;
    }

    /** Asks this server start: does what fired persist? */
    ScoredLog here(ScoredLog scored) {
        ToConfirm next = judging.toConfirm(scored);
        if (next.start() != Start.SAME || next.keys().isEmpty()) {
            return scored;
        }
        say("a test fired; asking the same server start", next);
        return scored.withConfirms(session.confirm(stack, stack.servers(), next.keys()));
    }

    /** Asks other replicas of this stack, each another start of the same: is what persists true of the stack, or of one replica? */
    ScoredLog onOtherReplicas(ScoredLog scored) {
        ToConfirm next = judging.toConfirm(scored);
        Optional<Servers> others = stack.otherServers();
        if (next.start() != Start.OTHER || next.keys().isEmpty() || others.isEmpty()) {
            return scored;
        }
        say("a difference came back; asking another replica, too,", next);
        return scored.withConfirms(session.confirm(stack, others.get(), next.keys()));
    }

    /**
     * Asks another server start of the same stack: is what persists here true of the stack, or of this start alone?
     *
     * <p>A start that cannot be had, or is not the locked stack any more, says nothing: what persists here stands without it.
     */
    ScoredLog elsewhere(ScoredLog scored) {
        ToConfirm next = judging.toConfirm(scored);
        if (next.start() != Start.OTHER || next.keys().isEmpty() || !mayRestart()) {
            return scored;
        }
        say("a difference came back; asking another server start, too,", next);
        try {
            stack.request().restart(stack.workplace());
            return askOther(scored, next.keys());
        } catch (LockstepException e) {
            stack.workplace().say("the other server start could not be asked: " + e.getMessage());
            return scored;
        }
    }

    /** Lockstep restarts what it started itself, and where it can tell one start from the next. */
    private boolean mayRestart() {
        return stack.request().isManaged() && stack.request().epoch().isEmpty();
    }

    private ScoredLog askOther(ScoredLog scored, List<SampleKey> keys) {
        try (LockedStack other = LockedStack.open(stack.request(), stack.workplace())) {
            boolean isOther =
                    other.verification().broken().isEmpty() && !other.epoch().equals(stack.epoch());
            return isOther ? scored.withConfirms(session.confirm(other, other.servers(), keys)) : scored;
        }
    }

    private void say(String what, ToConfirm next) {
        stack.workplace()
                .say(what + " for " + next.keys().size() + " fresh answers, " + Confirmation.PASSES + " times");
    }
}
