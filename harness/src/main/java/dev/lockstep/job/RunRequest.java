package dev.lockstep.job;

import dev.lockstep.baseline.StackFolder;
import dev.lockstep.gate.PolicyInForce;
import dev.lockstep.lock.Tier;
import dev.lockstep.stack.LaunchOverrides;
import dev.lockstep.stack.ManagedStack;
import dev.lockstep.stack.RunningStack;
import dev.lockstep.stack.StackConfig;
import java.net.URI;
import java.util.Optional;

/**
 * Which stack is asked, and where its files lie.
 *
 * @param folder where lock, baseline and policy lie; by default beside {@code stack.yaml}
 * @param runningName the name under which a managed stack is up; by default the stack's own
 * @param url an endpoint to ask in place of the one in {@code stack.yaml}
 * @param epoch the operator's word for the server's start, where it cannot be read
 * @param tier how much of the model's files is read
 */
public record RunRequest(
        StackConfig stack,
        StackFolder folder,
        PolicyInForce policy,
        Optional<String> runningName,
        Optional<URI> url,
        Optional<String> epoch,
        Tier tier) {

    /** Makes a request that reads all bytes of the model's files. */
    public RunRequest(
            StackConfig stack,
            StackFolder folder,
            PolicyInForce policy,
            Optional<String> runningName,
            Optional<URI> url,
            Optional<String> epoch) {
        this(stack, folder, policy, runningName, url, epoch, new Tier.Full());
    }

    /** Returns the same request with other intents for the stack. */
    public RunRequest withStack(StackConfig other) {
        return new RunRequest(other, folder, policy, runningName, url, epoch, tier);
    }

    /** Returns the same request, which reads no more of the model's files than a tier says. */
    public RunRequest withTier(Tier other) {
        return new RunRequest(stack, folder, policy, runningName, url, epoch, other);
    }

    /** Returns whether the server that is asked is one that Lockstep starts, stops and may restart. */
    public boolean isManaged() {
        return stack.endpoint().managed() && url.isEmpty();
    }

    /** Returns how many requests are under way at once, at most. */
    public int concurrency() {
        return stack.endpoint().settings().concurrency();
    }

    /** Returns the managed stack that is asked; empty for one that Lockstep did not start. */
    Optional<RunningStack> running(Workplace workplace) {
        return isManaged() ? workplace.stacks().find(serverName()) : Optional.empty();
    }

    /** Starts a managed stack anew, as it was started before. */
    void restart(Workplace workplace) {
        ManagedStack stacks = workplace.stacks();
        String name = serverName();
        LaunchOverrides same = stacks.find(name).map(LaunchOverrides::as).orElseGet(LaunchOverrides::none);
        stacks.down(name);
        stacks.up(stack, same.withName(name));
    }

    /** Returns the name under which a managed stack is up. */
    String serverName() {
        return runningName.orElse(stack.name());
    }
}
