package dev.lockstep.interchange;

import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.document.PemBlock;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Optional;

/**
 * A public key that somebody trusts: ECDSA over P-256, P-384 or P-521, or Ed25519.
 *
 * <p>Of a certificate the key alone counts; who issued it, and until when it holds, is not looked at.
 */
public final class VerifyingKey {
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final List<String> LABELS = List.of("PUBLIC KEY", CERTIFICATE);
    private static final List<String> ALGORITHMS = List.of("EC", "Ed25519");

    private final PublicKey key;

    private VerifyingKey(PublicKey key) {
        this.key = key;
    }

    /**
     * Reads a PEM file: a public key, or a certificate with one.
     *
     * @throws LockstepException of kind CONFIG when it holds neither
     */
    public static VerifyingKey read(Path file) {
        try {
            PemBlock block = PemBlock.first(file, LABELS).orElseThrow(() -> unusable(file, "holds no public key"));
            return new VerifyingKey(key(file, block)
                    .filter(each -> algorithm(each).isPresent())
                    .orElseThrow(() -> unusable(file, "holds a key of another kind")));
        } catch (IllegalArgumentException e) {
            throw unusable(file, String.valueOf(e.getMessage()));
        }
    }

    /** Returns what it is called: {@code SHA256withECDSA}. */
    public String algorithm() {
        return algorithm(key).orElseThrow();
    }

    /** Returns whether a signature over some bytes is of this key; what is no signature at all is none of its. */
    boolean verifies(byte[] signed, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(algorithm());
            verifier.initVerify(key);
            verifier.update(signed);
            return verifier.verify(signature);
        } catch (SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + algorithm(), e);
        }
    }

    /** The hash goes with the size of the curve, as in Sigstore's registry of algorithms. */
    private static Optional<String> algorithm(PublicKey key) {
        return switch (key) {
            case ECPublicKey curve ->
                switch (curve.getParams().getOrder().bitLength()) {
                    case 256 -> Optional.of("SHA256withECDSA");
                    case 384 -> Optional.of("SHA384withECDSA");
                    case 521 -> Optional.of("SHA512withECDSA");
                    default -> Optional.empty();
                };
            case EdECPublicKey edwards -> Optional.of(edwards.getParams().getName());
            default -> Optional.empty();
        };
    }

    private static Optional<PublicKey> key(Path file, PemBlock block) {
        byte[] bytes = block.bytes();
        if (block.label().equals(CERTIFICATE)) {
            return Optional.of(certified(file, bytes));
        }
        return ALGORITHMS.stream()
                .map(algorithm -> key(algorithm, bytes))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<PublicKey> key(String algorithm, byte[] bytes) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(bytes)));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static PublicKey certified(Path file, byte[] bytes) {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(bytes))
                    .getPublicKey();
        } catch (CertificateException e) {
            throw unusable(file, "holds a certificate that cannot be read");
        }
    }

    private static LockstepException unusable(Path file, String what) {
        return new LockstepException(
                ErrorKind.CONFIG,
                file + ": " + what
                        + "; name a PEM file with a public key or a certificate, ECDSA (P-256, P-384, P-521) or Ed25519");
    }
}
