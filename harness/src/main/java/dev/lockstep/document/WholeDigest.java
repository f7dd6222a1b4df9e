package dev.lockstep.document;

import java.security.MessageDigest;

/** The digest of all bytes of a file. */
public final class WholeDigest implements ByteSink {
    private final MessageDigest digest;

    /** Makes one that goes on from what {@code begun} was given. */
    public WholeDigest(MessageDigest begun) {
        this.digest = begun;
    }

    /** Returns the SHA-256. */
    public static WholeDigest sha256() {
        return new WholeDigest(Sha256.begin());
    }

    @Override
    public void take(byte[] bytes, int length) {
        digest.update(bytes, 0, length);
    }

    /** Returns the digest of what was taken, in lower-case hex, and begins anew. */
    public String hex() {
        return Sha256.hex(digest);
    }
}
