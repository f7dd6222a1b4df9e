package dev.lockstep.job;

import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.run.Plan;
import dev.lockstep.stack.RunningStack;
import java.util.Optional;
import java.util.function.Supplier;

/** What a stack must be able to do before a plan is worth starting. */
final class Preconditions {

    private Preconditions() {}

    /** Refuses a plan with videos on a stack that lacks what decodes them. */
    static void check(LockedStack stack, Plan plan) {
        check(plan, () -> stack.request().running(stack.workplace()).flatMap(RunningStack::videoHint));
    }

    /** Looks at the stack only when the plan holds videos: a look starts the launcher. */
    static void check(Plan plan, Supplier<Optional<String>> videoHint) {
        boolean video =
                plan.suites().stream().anyMatch(suite -> suite.requires().contains("video"));
        if (!video) {
            return;
        }
        videoHint.get().ifPresent(hint -> {
            throw new LockstepException(
                    ErrorKind.PREREQUISITE, "the plan holds videos, but this stack cannot decode them: " + hint);
        });
    }
}
