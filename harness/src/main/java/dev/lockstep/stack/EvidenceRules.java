package dev.lockstep.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Which evidence counts for a stack that is served elsewhere: {@code evidence} in {@code stack.yaml}.
 *
 * @param from absolute paths, or URLs
 * @param maxAge the oldest that counts
 * @param keys Ed25519 public keys that may sign it: the base64 of their X.509 form, as it stands in a PEM file
 * @param digests lists of digests that somebody else made
 */
public record EvidenceRules(List<String> from, Duration maxAge, List<String> keys, List<Digests> digests) {
    /** How old evidence may be where nobody says. */
    public static final Duration SHIPPED_MAX_AGE = Duration.ofHours(24);

    public EvidenceRules {
        from = List.copyOf(from);
        keys = List.copyOf(keys);
        digests = List.copyOf(digests);
    }

    /** Asks for no evidence. */
    public static EvidenceRules none() {
        return new EvidenceRules(List.of(), SHIPPED_MAX_AGE, List.of(), List.of());
    }

    public EvidenceRules withFrom(List<String> other) {
        return new EvidenceRules(other, maxAge, keys, digests);
    }

    public EvidenceRules withMaxAge(Duration other) {
        return new EvidenceRules(from, other, keys, digests);
    }

    public boolean areEmpty() {
        return from.isEmpty() && digests.isEmpty();
    }

    /**
     * Digests of a model's files, by the word of a release pipeline, a registry or an object store.
     *
     * @param form how the file is written
     * @param file where they stand, absolute
     * @param source who made them, in words
     * @param role the part of the stack that they are about, as in the lock: {@code model}, {@code projector}
     * @param path the one file that is meant, as it is listed; empty where all are
     * @param reference what makes it trusted: of an OCI manifest its artifact with a digest, of a signature the file of the
     *     signer's public key
     */
    public record Digests(Form form, Path file, String source, String role, String path, String reference) {
        /** How digests are written. */
        public enum Form {
            /** What {@code sha256sum} prints. */
            SHA256SUMS,
            /** The manifest of an OCI image or artifact. */
            OCI,
            /** What {@code head-object} or {@code get-object-attributes} of S3 prints, for one object. */
            OBJECT,
            /** What model_signing of the OpenSSF writes. */
            SIGNATURE
        }
    }
}
