package dev.lockstep.stack;

/**
 * A replica that can be asked.
 *
 * @param name what messages and reports call it
 */
public record LiveReplica(String name, LiveEndpoint endpoint) {}
