package dev.lockstep.lock;

import dev.lockstep.document.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** The ids by which a Git tree knows a file, so that a lock can be held against a hub's list of files offline. */
public final class GitOid {

    private GitOid() {}

    /** Returns the id of a file that lies in Git itself: the SHA-1 of {@code "blob <size>\0"} and its bytes. */
    public static String ofBlob(byte[] bytes) {
        return HexFormat.of().formatHex(begin(bytes.length).digest(bytes));
    }

    /**
     * Returns the id of the pointer that stands in Git for a file in Git LFS: it follows from digest and size.
     *
     * <p>Text after the <a href="https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md">Git LFS specification</a>.
     */
    public static String ofPointer(String sha256, long size) {
        String text = "version https://git-lfs.github.com/spec/v1\noid sha256:" + sha256 + "\nsize " + size + "\n";
        return ofBlob(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns what will be the id of a blob when it was given its bytes. */
    static MessageDigest begin(long size) {
        MessageDigest digest = Sha256.beginSha1();
        digest.update(("blob " + size + "\0").getBytes(StandardCharsets.US_ASCII));
        return digest;
    }
}
