package dev.lockstep.stack;

import java.util.Optional;

/**
 * What a stack showed when it was locked, kept beside the lock and no part of its id.
 *
 * @param probes without them, rendering and sampling are not checked
 * @param logprobs without them, log-probabilities are not
 */
public record Recorded(Optional<Probes> probes, Optional<Logprobs> logprobs) {

    public static Recorded nothing() {
        return new Recorded(Optional.empty(), Optional.empty());
    }
}
