package dev.lockstep.lock;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Object ids as git computes them (SHA-1): the names by which hubs list the files of a commit. */
final class GitOid {

    private GitOid() {}

    /** Returns the id of a file that lies in git itself. */
    static String ofBlob(byte[] content) {
        MessageDigest digest = sha1();
        digest.update(("blob " + content.length + "\0").getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest(content));
    }

    /**
     * Returns the id of the pointer that stands in git for a file in LFS; it ties a SHA-256 to a commit.
     *
     * <p>Form after the <a href="https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md">Git LFS specification</a>.
     */
    static String ofPointer(String sha256, long size) {
        String pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:" + sha256 + "\nsize " + size + "\n";
        return ofBlob(pointer.getBytes(StandardCharsets.UTF_8));
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
