package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.document.CanonicalJson;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The packages beside the engine that decide what it computes: transformers, tokenizers, torch and the like. */
public final class PythonPackages {
    static final String PREFIX = "package.";

    private PythonPackages() {}

    /**
     * Hashes installed distributions.
     *
     * @return for each {@code package.<name>}: its version, and one digest over its sources and native modules
     * @throws dev.lockstep.document.LockstepException of kind CONFIG when one is not installed there, or damaged
     */
    public static SortedMap<String, JsonNode> identities(Path sitePackages, List<String> distributions) {
        SortedMap<String, JsonNode> identities = new TreeMap<>();
        distributions.forEach(name -> identities.put(PREFIX + name, identity(sitePackages, name)));
        return identities;
    }

    /** Tells whether a field of the engine layer is one of these. */
    public static boolean owns(String field) {
        return field.startsWith(PREFIX);
    }

    private static JsonNode identity(Path sitePackages, String distribution) {
        return inShort(PythonPackage.identity(sitePackages, distribution));
    }

    /** Returns an identity as one value: its version, and a digest of all of it. */
    static JsonNode inShort(Map<String, JsonNode> fields) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        fields.forEach(all::set);
        return JsonNodeFactory.instance
                .objectNode()
                .put("version", all.path("version").asText())
                .put("sha256", CanonicalJson.sha256(all));
    }
}
