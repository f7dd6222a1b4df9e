package dev.lockstep.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.document.CanonicalJson;
import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.Fields;
import dev.lockstep.document.Problems;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A line of canonical JSON and its signature: {@code {"evidence":…,"signature":{"key":id,"value":base64}}}.
 *
 * <p>Signed are the bytes of the canonical JSON of {@code evidence}, as they stand in the line.
 *
 * @param whole all of it
 * @param content what is signed
 * @param key the name of the key; empty when nobody signed
 * @param signature base64; empty when nobody signed
 */
record SignedText(JsonNode whole, JsonNode content, Evidence evidence, String key, String signature) {
    private static final String EVIDENCE = "evidence";
    private static final String SIGNATURE = "signature";
    private static final String KEY = "key";
    private static final String VALUE = "value";

    /** Returns the text of a file of evidence; without a key it is not signed. */
    static String of(Evidence evidence, Optional<SigningKey> key) {
        ObjectNode content = EvidenceJson.write(evidence);
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        file.set(EVIDENCE, content);
        key.ifPresent(signer -> file.putObject(SIGNATURE)
                .put(KEY, signer.id())
                .put(VALUE, Base64.getEncoder().encodeToString(signer.sign(signed(content)))));
        return CanonicalJson.compact(file) + "\n";
    }

    static SignedText read(DocumentNode document, Problems problems) {
        Fields file = Fields.of(document, "a file of evidence", problems);
        DocumentNode.Mapping content = file.mapping(EVIDENCE);
        Fields signature = Fields.of(file.mapping(SIGNATURE), "the signature", problems);
        SignedText read = new SignedText(
                document.toJson(),
                content.toJson(),
                new EvidenceReader(problems).read(content),
                signature.text(KEY, ""),
                signature.text(VALUE, ""));
        signature.rejectUnknown();
        file.rejectUnknown();
        return read;
    }

    static byte[] signed(JsonNode content) {
        return CanonicalJson.compact(content).getBytes(StandardCharsets.UTF_8);
    }
}
