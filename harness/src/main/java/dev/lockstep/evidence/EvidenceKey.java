package dev.lockstep.evidence;

import dev.lockstep.document.Sha256;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * A public key that evidence may be signed with.
 *
 * @param text base64 of its X.509 form, as it stands in a PEM file and in stack.yaml
 */
record EvidenceKey(PublicKey key, String text) {
    static final String ALGORITHM = "Ed25519";

    /** Reads a key. @throws IllegalArgumentException when it is none */
    static EvidenceKey of(String text) {
        try {
            byte[] encoded = Base64.getDecoder().decode(text);
            return of(KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("'" + text + "' is no Ed25519 public key", e);
        }
    }

    static EvidenceKey of(PublicKey key) {
        return new EvidenceKey(key, Base64.getEncoder().encodeToString(key.getEncoded()));
    }

    /** Returns its name: the SHA-256 of its X.509 form, in hex. */
    String id() {
        return Sha256.of(key.getEncoded());
    }

    boolean signed(byte[] bytes, byte[] signature) {
        try {
            Signature check = Signature.getInstance(ALGORITHM);
            check.initVerify(key);
            check.update(bytes);
            return check.verify(signature);
        } catch (GeneralSecurityException notEvenOne) {
            return false;
        }
    }
}
