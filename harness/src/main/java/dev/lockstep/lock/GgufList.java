package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.lockstep.document.CanonicalJson;
import dev.lockstep.document.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A list that is read item by item; of a long one only the digest of its canonical JSON is made, part by part. */
final class GgufList {
    private static final int LONGEST_KEPT = 1024;

    private final MessageDigest digest = Sha256.begin();
    private final ArrayNode part = JsonNodeFactory.instance.arrayNode();
    private long before;

    void add(JsonNode item) {
        part.add(item);
        if (part.size() > LONGEST_KEPT) {
            digestPart();
        }
    }

    GgufValue value() {
        if (before == 0) {
            return new GgufValue.Plain(part);
        }
        digestPart();
        digest.update((byte) ']');
        return new GgufValue.LongList(Sha256.hex(digest), before);
    }

    private void digestPart() {
        if (part.isEmpty()) {
            return;
        }
        String items = CanonicalJson.compact(part);
        String separator = before == 0 ? "[" : ",";
        digest.update((separator + items.substring(1, items.length() - 1)).getBytes(StandardCharsets.UTF_8));
        before += part.size();
        part.removeAll();
    }
}
