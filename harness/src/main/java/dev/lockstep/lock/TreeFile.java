package dev.lockstep.lock;

import java.util.Optional;

/**
 * A file as a tree lists it.
 *
 * @param size bytes of its content
 * @param sha256 of its content; empty where only git knows it
 * @param gitOid of its content, or of the pointer that stands for it when it is in LFS; empty when nobody computed it
 */
public record TreeFile(long size, Optional<String> sha256, Optional<String> gitOid) {

    /** How two files of one path compare. */
    public enum Likeness {
        SAME,
        DIFFERENT,
        /** One is known by its SHA-256 alone, the other by git's. */
        INCOMPARABLE
    }

    static TreeFile of(FileEntry entry) {
        return new TreeFile(entry.size(), Optional.of(entry.sha256()), entry.gitOid());
    }

    Likeness compare(TreeFile other) {
        if (size != other.size) {
            return Likeness.DIFFERENT;
        }
        if (sha256.isPresent() && other.sha256.isPresent()) {
            return sha256.equals(other.sha256) ? Likeness.SAME : Likeness.DIFFERENT;
        }
        if (hasOid(other) || other.hasOid(this)) {
            return Likeness.SAME;
        }
        return gitOid.isPresent() && other.gitOid.isPresent() && !isPointer() && !other.isPointer()
                ? Likeness.DIFFERENT
                : Likeness.INCOMPARABLE;
    }

    /** Tells whether git's id of the other one is that of this content, or of its pointer. */
    private boolean hasOid(TreeFile other) {
        return other.gitOid.isPresent()
                && (other.gitOid.equals(gitOid) || other.gitOid.equals(sha256.map(this::pointer)));
    }

    private boolean isPointer() {
        return gitOid.isPresent() && gitOid.equals(sha256.map(this::pointer));
    }

    private String pointer(String digest) {
        return GitOid.ofPointer(digest, size);
    }
}
