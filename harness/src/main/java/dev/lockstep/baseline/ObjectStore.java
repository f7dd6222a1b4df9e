package dev.lockstep.baseline;

/** Keeps bytes under their SHA-256. */
public interface ObjectStore {

    /** Stores bytes and returns their digest, 64 hex digits. */
    String put(byte[] bytes);

    /** Returns the bytes of a digest. @throws dev.lockstep.document.LockstepException when they are missing or altered */
    byte[] get(String sha256);
}
