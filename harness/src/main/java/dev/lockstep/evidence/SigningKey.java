package dev.lockstep.evidence;

import dev.lockstep.document.AtomicFile;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.document.PemBlock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A private key that signs evidence, and its public half.
 *
 * <p>It lies in two PEM files, as openssl writes them: {@code KEY} (PKCS#8) and {@code KEY.pub} (X.509).
 */
public final class SigningKey {
    private static final String PRIVATE = "PRIVATE KEY";
    private static final String PUBLIC = "PUBLIC KEY";

    private final PrivateKey key;
    private final EvidenceKey half;

    private SigningKey(PrivateKey key, EvidenceKey half) {
        this.key = key;
        this.half = half;
    }

    /** Makes a new key. */
    public static SigningKey generate() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(EvidenceKey.ALGORITHM).generateKeyPair();
            return new SigningKey(pair.getPrivate(), EvidenceKey.of(pair.getPublic()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + EvidenceKey.ALGORITHM, e);
        }
    }

    /**
     * Reads a key and its public half.
     *
     * @throws LockstepException of kind CONFIG when either cannot be read, or they do not belong together
     */
    public static SigningKey read(Path file) {
        Path other = publicFile(file);
        try {
            PrivateKey key = KeyFactory.getInstance(EvidenceKey.ALGORITHM)
                    .generatePrivate(new PKCS8EncodedKeySpec(pem(file, PRIVATE)));
            SigningKey read =
                    new SigningKey(key, EvidenceKey.of(Base64.getEncoder().encodeToString(pem(other, PUBLIC))));
            byte[] probe = "probe".getBytes(StandardCharsets.UTF_8);
            if (!read.half.signed(probe, read.sign(probe))) {
                throw mistake(other, "is the public half of another key than " + file, null);
            }
            return read;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw mistake(file, "is no Ed25519 key, or " + other + " is not its public half", e);
        }
    }

    /** Writes both halves; nobody but the owner may read the private one. Files that are there are never overwritten. */
    public void write(Path file) {
        Path other = publicFile(file);
        if (Files.exists(file) || Files.exists(other)) {
            throw new LockstepException(
                    ErrorKind.CONFIG,
                    (Files.exists(file) ? file : other)
                            + ": is there already, and a key is never overwritten, for evidence that it signed would count no"
                            + " more; write it under another name");
        }
        AtomicFile.write(file, "");
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            Files.writeString(file, PemBlock.of(PRIVATE, key.getEncoded()).text());
        } catch (IOException | UnsupportedOperationException e) {
            throw mistake(file, "cannot be written so that nobody else reads it (" + e + ")", e);
        }
        AtomicFile.write(other, PemBlock.of(PUBLIC, half.key().getEncoded()).text());
    }

    static Path publicFile(Path file) {
        return file.resolveSibling(file.getFileName() + ".pub");
    }

    /** Returns the name by which evidence tells its key: the SHA-256 of the public half. */
    public String id() {
        return half.id();
    }

    /** Returns what stands for it in stack.yaml. */
    public String publicText() {
        return half.text();
    }

    byte[] sign(byte[] bytes) {
        try {
            Signature signature = Signature.getInstance(EvidenceKey.ALGORITHM);
            signature.initSign(key);
            signature.update(bytes);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("an Ed25519 key signs any bytes", e);
        }
    }

    private static byte[] pem(Path file, String label) {
        return PemBlock.first(file, List.of(label))
                .orElseThrow(() -> mistake(file, "holds no PEM block " + label, null))
                .bytes();
    }

    private static LockstepException mistake(Path file, String what, @Nullable Throwable cause) {
        String message = file + ": " + what
                + "; make a pair with `lockstep attest keygen`, or with openssl genpkey -algorithm ed25519 and openssl pkey -pubout";
        return cause == null
                ? new LockstepException(ErrorKind.CONFIG, message)
                : new LockstepException(ErrorKind.CONFIG, message, cause);
    }
}
