package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.lockstep.lock.Layer;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code /api/version}, {@code /api/tags} and {@code /api/show} of Ollama.
 *
 * <p>The manifest's digest moves with weights, template and parameters alike; the blob named in the Modelfile is the digest
 * of the weights file itself.
 */
record OllamaAdapter() implements EngineAdapter {
    private static final Pattern BLOB = Pattern.compile("(?m)^FROM .*sha256[-:]([0-9a-f]{64})\\s*$");
    private static final String LATEST = ":latest";

    @Override
    public LayerFacts observe(LiveJson server, String model) {
        LayerFacts facts = new LayerFacts()
                .put(Layer.ENGINE, "version", server.get("/api/version").path("version"));
        fromTag(tag(server.get("/api/tags").path("models"), model), facts);
        fromShow(server.post("/api/show", JsonNodeFactory.instance.objectNode().put("model", model)), facts);
        return facts;
    }

    private static JsonNode tag(JsonNode models, String name) {
        List<String> names = List.of(name, name + LATEST);
        for (JsonNode model : models) {
            if (names.contains(model.path("name").asText())) {
                return model;
            }
        }
        return MissingNode.getInstance();
    }

    private static void fromTag(JsonNode tag, LayerFacts facts) {
        facts.put(Layer.PROVENANCE, "manifest", tag.path("digest"))
                .put(Layer.PROVENANCE, "remoteHost", tag.path("remote_host"))
                .put(Layer.QUANTIZATION, "level", tag.path("details").path("quantization_level"))
                .put(Layer.MODEL_CONFIG, "family", tag.path("details").path("family"))
                .put(Layer.MODEL_CONFIG, "parameterSize", tag.path("details").path("parameter_size"));
    }

    private static void fromShow(JsonNode show, LayerFacts facts) {
        facts.putDigest(Layer.TEMPLATE, "template", show.path("template"))
                .putDigest(Layer.TEMPLATE, "system", show.path("system"))
                .put(Layer.TEMPLATE, "renderer", show.path("renderer"))
                .put(Layer.TEMPLATE, "parser", show.path("parser"))
                .put(Layer.GENERATION_DEFAULTS, "parameters", show.path("parameters"));
        Matcher blob = BLOB.matcher(show.path("modelfile").asText());
        if (blob.find()) {
            facts.put(Layer.WEIGHTS, "blob", blob.group(1));
        }
    }
}
