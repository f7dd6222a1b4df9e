package dev.lockstep.interchange;

import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.document.UnreadableFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
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
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A public key that somebody trusts: ECDSA over P-256, P-384 or P-521, or Ed25519.
 *
 * <p>Of a certificate the key alone counts; who issued it, and until when it holds, is not looked at.
 */
public final class VerifyingKey {
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN (PUBLIC KEY|CERTIFICATE)-----([^-]+)-----END \\1-----");
    private static final List<String> ALGORITHMS = List.of("EC", "Ed25519");
    private static final int MOST_BYTES = 1 << 20;

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
        Matcher pem = PEM.matcher(text(file));
        if (!pem.find()) {
            throw unusable(file, "holds no public key");
        }
        Optional<PublicKey> key = key(file, pem.group(1), pem.group(2));
        return new VerifyingKey(key.filter(each -> algorithm(each).isPresent())
                .orElseThrow(() -> unusable(file, "holds a key of another kind")));
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

    private static Optional<PublicKey> key(Path file, String kind, String base64) {
        byte[] bytes = bytes(file, base64);
        if (kind.equals("CERTIFICATE")) {
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

    private static byte[] bytes(Path file, String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw unusable(file, "holds a key that is no base64");
        }
    }

    private static String text(Path file) {
        try {
            UnreadableFile.requireFile(file);
            if (Files.size(file) > MOST_BYTES) {
                throw unusable(file, "is larger than any key");
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw UnreadableFile.because(file, e);
        }
    }

    private static LockstepException unusable(Path file, String what) {
        return new LockstepException(
                ErrorKind.CONFIG,
                file + ": " + what
                        + "; name a PEM file with a public key or a certificate, ECDSA (P-256, P-384, P-521) or Ed25519");
    }
}
