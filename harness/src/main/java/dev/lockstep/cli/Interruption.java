package dev.lockstep.cli;

import java.util.function.Supplier;

/** What is still to be done when the user ends a command with Ctrl-C. */
final class Interruption {

    private Interruption() {}

    /** Does the work; when it is interrupted, does {@code rest} before the process ends. */
    static <T> T guard(Supplier<T> work, Runnable rest) {
        Thread hook = new Thread(rest, "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.get();
        } finally {
            forget(hook);
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            // The hook runs by now; there is nothing to forget.
        }
    }
}
