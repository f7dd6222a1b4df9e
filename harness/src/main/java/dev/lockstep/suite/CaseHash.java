package dev.lockstep.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.document.CanonicalJson;
import java.util.HashMap;
import java.util.Map;

/**
 * The hash that says whether two cases ask and judge the same.
 *
 * <p>Media count by their digests, not by their names. Tags choose cases and timeouts bound the wait for them; neither is asked
 * or judged, so neither counts.
 */
final class CaseHash {

    private CaseHash() {}

    static EvalCase addTo(EvalCase read) {
        return new EvalCase(
                read.suite(),
                read.id(),
                read.tags(),
                read.stratum(),
                read.body(),
                read.sampling(),
                read.seeds(),
                read.topLogprobs(),
                read.timeout(),
                read.media(),
                read.reference(),
                read.scorers(),
                read.position(),
                CanonicalJson.sha256(content(read)));
    }

    private static ObjectNode content(EvalCase read) {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.put("suite", read.suite()).put("id", read.id());
        read.stratum().ifPresent(stratum -> content.put("stratum", stratum));
        content.set("body", bodyByDigest(read));
        content.set("sampling", read.sampling());
        read.seeds().forEach(content.putArray("seeds")::add);
        content.put("top_logprobs", read.topLogprobs());
        for (MediaFile file : read.media()) {
            content.withArray("media").addObject().put("sha256", file.sha256()).put("mime_type", file.mimeType());
        }
        content.set("reference", read.reference());
        read.scorers()
                .forEach(scorer -> content.withArray("scorers")
                        .addObject()
                        .put("name", scorer.name())
                        .put("version", scorer.version())
                        .set("parameters", scorer.parameters()));
        return content;
    }

    private static ObjectNode bodyByDigest(EvalCase read) {
        Map<String, String> digests = new HashMap<>();
        read.media().forEach(file -> digests.put(file.name(), file.sha256()));
        ObjectNode body = read.body().deepCopy();
        for (JsonNode message : body.path("messages")) {
            for (JsonNode part : message.path("content")) {
                if (part instanceof ObjectNode media
                        && media.path("type").asText().equals("media")) {
                    String name = media.path("media").asText();
                    media.put("media", digests.getOrDefault(name, name));
                }
            }
        }
        return body;
    }
}
