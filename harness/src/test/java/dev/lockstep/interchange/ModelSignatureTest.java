package dev.lockstep.interchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.document.LockstepException;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Lock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ModelSignatureTest {
    private static final Path FIXTURE = Path.of("src", "test", "resources", "model-signature");
    private static final String TYPE = "application/vnd.in-toto+json";
    private static final String WEIGHTS = "a".repeat(64);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"Ed25519, Ed25519, Ed25519", "EC, SHA384withECDSA, SHA384withECDSA"})
    void checks_the_signature_of_a_key_that_this_platform_makes(String kind, String signer, String algorithm)
            throws IOException, GeneralSecurityException {
        KeyPair keys = KeyPairGenerator.getInstance(kind).generateKeyPair();
        VerifyingKey key = VerifyingKey.read(pem(keys.getPublic()));
        Path signed = signed(keys, signer, TYPE);

        assertThat(key.algorithm()).isEqualTo(algorithm);
        assertThat(ModelSignature.read(signed).isSignedBy(key)).isTrue();
        assertThat(ModelSignature.read(FIXTURE.resolve("model.sig")).isSignedBy(key))
                .isFalse();
    }

    @Test
    void a_signature_over_another_type_of_payload_does_not_count() throws IOException, GeneralSecurityException {
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Path signed = signed(keys, "Ed25519", "text/plain");

        assertThat(ModelSignature.read(signed).isSignedBy(VerifyingKey.read(pem(keys.getPublic()))))
                .isFalse();
    }

    @Test
    void refuses_a_key_of_another_kind() throws IOException, GeneralSecurityException {
        Path rsa = pem(KeyPairGenerator.getInstance("RSA").generateKeyPair().getPublic());

        assertThatThrownBy(() -> VerifyingKey.read(rsa))
                .isInstanceOf(LockstepException.class)
                .hasMessage(rsa + ": holds a key of another kind; name a PEM file with a public key or a certificate,"
                        + " ECDSA (P-256, P-384, P-521) or Ed25519");
    }

    @Test
    void reads_the_lists_of_versions_before_1_0() throws IOException, GeneralSecurityException {
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        ModelSignature old = ModelSignature.read(signed(keys, "Ed25519", TYPE));

        assertThat(SignatureComparison.of(old, Locks.ofFolder(WEIGHTS)))
                .hasToString("SignatureComparison[same=2, differences=[Difference[path=README.md, kind=NOT_SIGNED,"
                        + " counts=false]]]");
    }

    @Test
    void a_gguf_file_is_found_by_its_digest_and_its_neighbours_do_not_matter()
            throws IOException, GeneralSecurityException {
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        ModelSignature signature = ModelSignature.read(signed(keys, "Ed25519", TYPE));

        assertThat(SignatureComparison.of(signature, gguf(WEIGHTS)))
                .hasToString("SignatureComparison[same=1, differences=[]]");
        assertThat(SignatureComparison.of(signature, gguf("b".repeat(64))))
                .hasToString("SignatureComparison[same=0, differences=[Difference[path=model, kind=NOT_SIGNED,"
                        + " counts=true]]]");
    }

    private static Lock gguf(String sha256) {
        return Locks.of(Map.of(Layer.PROVENANCE, Locks.pinned(Map.of("model.file", Locks.text("sha256:" + sha256)))));
    }

    /** Signs the files of {@link Locks#ofFolder} as versions before 1.0 listed them, over a payload of some type. */
    private Path signed(KeyPair keys, String algorithm, String type) throws IOException, GeneralSecurityException {
        ObjectNode statement = JSON.createObjectNode()
                .put("_type", "https://in-toto.io/Statement/v1")
                .put("predicateType", "https://model_signing/Digests/v0.1");
        var subjects = statement.putArray("subject");
        subjects.addObject()
                .put("name", "model.safetensors")
                .putObject("digest")
                .put("sha256", WEIGHTS);
        subjects.addObject().put("name", "config.json").putObject("digest").put("sha256", "c".repeat(64));
        String payload = statement.toString();
        Signature signer = Signature.getInstance(algorithm);
        signer.initSign(keys.getPrivate());
        signer.update(("DSSEv1 " + type.length() + " " + type + " " + payload.length() + " " + payload)
                .getBytes(StandardCharsets.UTF_8));
        return Files.writeString(folder.resolve("model.sig"), bundle(payload, signer.sign()));
    }

    private static String bundle(String payload, byte[] signature) {
        Base64.Encoder base64 = Base64.getEncoder();
        ObjectNode bundle =
                JsonNodeFactory.instance.objectNode().put("mediaType", "application/vnd.dev.sigstore.bundle.v0.3+json");
        bundle.putObject("dsseEnvelope")
                .put("payload", base64.encodeToString(payload.getBytes(StandardCharsets.UTF_8)))
                .put("payloadType", TYPE)
                .putArray("signatures")
                .addObject()
                .put("sig", base64.encodeToString(signature));
        return bundle.toString();
    }

    private Path pem(PublicKey key) throws IOException {
        return Files.writeString(
                folder.resolve("key.pem"),
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder().encodeToString(key.getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");
    }
}
