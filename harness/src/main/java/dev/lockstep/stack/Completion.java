package dev.lockstep.stack;

/** Adds to what was seen of a server what is known of it from elsewhere, such as evidence from its host. */
@FunctionalInterface
public interface Completion {

    Verification complete(Verification seen, LiveEndpoint endpoint);
}
