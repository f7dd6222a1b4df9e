package dev.lockstep.stack;

/**
 * What was checked of a stack that is a set of servers.
 *
 * @param whole all checks; one that is not true of every replica names those of which it is
 * @param replicas how each server did
 */
public record ReplicaVerification(Verification whole, ReplicaSet replicas) {}
