package dev.lockstep.interchange;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Bytes with a type and signatures over both.
 *
 * <p>After <a href="https://github.com/secure-systems-lab/dsse/blob/v1.0.0/protocol.md">DSSE 1.0</a>.
 *
 * @param payload the bytes in base64
 * @param signatures each in base64
 */
record DsseEnvelope(String payloadType, String payload, List<String> signatures) {
    private static final String IN_TOTO = "application/vnd.in-toto+json";

    DsseEnvelope {
        signatures = List.copyOf(signatures);
    }

    /** Reads an envelope. @throws IllegalArgumentException when it is none of an in-toto statement */
    static DsseEnvelope of(JsonNode node) {
        String type = node.path("payloadType").asText();
        if (!type.equals(IN_TOTO)) {
            throw new IllegalArgumentException(
                    "its envelope ('dsseEnvelope') holds '" + type + "', expected '" + IN_TOTO + "'");
        }
        List<String> signatures = new ArrayList<>();
        node.path("signatures")
                .forEach(signature -> signatures.add(signature.path("sig").asText()));
        if (signatures.isEmpty()) {
            throw new IllegalArgumentException("its envelope ('dsseEnvelope') has no signature");
        }
        DsseEnvelope envelope = new DsseEnvelope(type, node.path("payload").asText(), signatures);
        envelope.bytes();
        signatures.forEach(DsseEnvelope::decoded);
        return envelope;
    }

    byte[] bytes() {
        return decoded(payload);
    }

    /** Returns whether one of the signatures is of this key. */
    boolean isSignedBy(VerifyingKey key) {
        byte[] signed = signedBytes();
        return signatures.stream().anyMatch(signature -> key.verifies(signed, decoded(signature)));
    }

    /** Returns what is signed: the pre-authentication encoding of type and payload. */
    private byte[] signedBytes() {
        byte[] bytes = bytes();
        int typeLength = payloadType.getBytes(StandardCharsets.UTF_8).length;
        String head = "DSSEv1 " + typeLength + " " + payloadType + " " + bytes.length + " ";
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        signed.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        signed.writeBytes(bytes);
        return signed.toByteArray();
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("its envelope ('dsseEnvelope') is no base64", e);
        }
    }
}
