package dev.lockstep.job;

import dev.lockstep.baseline.BaselineStore;
import dev.lockstep.baseline.DirectoryObjectStore;
import dev.lockstep.baseline.StackFolder;
import dev.lockstep.lock.DigestCache;
import dev.lockstep.lock.HashProgress;
import dev.lockstep.lock.Hashing;
import dev.lockstep.stack.ManagedStack;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a job needs of the machine it runs on.
 *
 * @param home where engines, run logs and samples lie ({@code LOCKSTEP_HOME})
 * @param scripts where the launcher of the embedded stack lies
 * @param progress takes a line whenever there is something to tell
 * @param invocation how the user started Lockstep
 * @param hashed hears how far large files have been read
 */
public record Workplace(
        Path home,
        Path scripts,
        Map<String, String> environment,
        Clock clock,
        Consumer<String> progress,
        Invocation invocation,
        HashProgress hashed) {

    public Workplace {
        environment = Map.copyOf(environment);
    }

    /** A workplace where nobody waits for files to be read. */
    public Workplace(
            Path home,
            Path scripts,
            Map<String, String> environment,
            Clock clock,
            Consumer<String> progress,
            Invocation invocation) {
        this(home, scripts, environment, clock, progress, invocation, HashProgress.silent());
    }

    /** A workplace where nobody knows how Lockstep was started. */
    public Workplace(Path home, Path scripts, Map<String, String> environment, Clock clock, Consumer<String> progress) {
        this(home, scripts, environment, clock, progress, Invocation.standard());
    }

    /** Returns the stacks that Lockstep itself starts and stops here. */
    public ManagedStack stacks() {
        return new ManagedStack(home, scripts, environment, progress);
    }

    /** Returns the baselines of a stack, whose samples lie here. */
    public BaselineStore baselines(StackFolder stack) {
        return new BaselineStore(stack, new DirectoryObjectStore(objects()));
    }

    /** Returns where the samples of baselines lie. */
    public Path objects() {
        return home.resolve("objects");
    }

    /** Returns how files are read here: on all cores, and what was read in full is remembered. */
    public Hashing hashing() {
        return Hashing.onAllCores().telling(hashed).keepingIn(new DigestCache(home.resolve("digests"), clock));
    }

    /** Returns where the runs of a stack lie. */
    public Path runs(String stack) {
        return home.resolve("runs").resolve(stack);
    }

    public void say(String line) {
        progress.accept(line);
    }
}
