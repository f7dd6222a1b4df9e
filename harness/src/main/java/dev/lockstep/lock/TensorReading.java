package dev.lockstep.lock;

/** What one reading of a file of tensors says: of its bytes, and of each tensor. */
public record TensorReading(FileDigest file, TensorDigests tensors) {}
