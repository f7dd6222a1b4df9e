package dev.lockstep.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.suite.EvalCase;
import dev.lockstep.suite.MediaFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Base64;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How a case becomes the body of a chat request for one stack.
 *
 * @param model the model's name as the endpoint knows it
 * @param extras fields that this stack gets with every request, such as {@code cache_prompt}
 */
public record RequestTemplate(String model, ObjectNode extras, VideoStyle videoStyle) {

    /** How an engine takes a video. */
    public enum VideoStyle {
        /** llama.cpp: base64 data without a data URI. */
        INPUT_VIDEO,
        /** vLLM, SGLang: a data URI. */
        VIDEO_URL
    }

    /** Returns the body that is sent: media inline as base64, never a URL to fetch. */
    public ObjectNode body(PlannedSample sample) {
        return build(sample, file -> Base64.getEncoder().encodeToString(read(file)));
    }

    /** Returns the same body with each medium replaced by its digest, as it is recorded. */
    public ObjectNode recorded(PlannedSample sample) {
        return build(sample, file -> "sha256:" + file.sha256());
    }

    /** Returns what decides the bytes of every request. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("model", model).put("videoStyle", videoStyle.name());
        json.set("extras", extras);
        return json;
    }

    private ObjectNode build(PlannedSample sample, Function<MediaFile, String> content) {
        EvalCase evalCase = sample.evalCase();
        Map<String, MediaFile> media =
                evalCase.media().stream().collect(Collectors.toMap(MediaFile::name, Function.identity()));
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("model", model);
        evalCase.body().properties().forEach(field -> body.set(field.getKey(), field.getValue()));
        body.set("messages", messages(evalCase.body().path("messages"), media, content));
        body.setAll(evalCase.sampling());
        body.put("seed", sample.seed());
        body.put("stream", false);
        if (evalCase.topLogprobs() > 0) {
            body.put("logprobs", true).put("top_logprobs", evalCase.topLogprobs());
        }
        body.setAll(extras);
        return body;
    }

    private ArrayNode messages(JsonNode messages, Map<String, MediaFile> media, Function<MediaFile, String> content) {
        ArrayNode expanded = JsonNodeFactory.instance.arrayNode();
        for (JsonNode message : messages) {
            ObjectNode copy = message.deepCopy();
            if (message.path("content").isArray()) {
                ArrayNode parts = copy.putArray("content");
                message.path("content").forEach(part -> parts.add(expand(part, media, content)));
            }
            expanded.add(copy);
        }
        return expanded;
    }

    private JsonNode expand(JsonNode part, Map<String, MediaFile> media, Function<MediaFile, String> content) {
        if (!part.path("type").asText().equals("media")) {
            return part;
        }
        MediaFile file = media.get(part.path("media").asText());
        if (file == null) {
            throw new IllegalStateException("the suite reader lets no undeclared medium pass: " + part);
        }
        String data = content.apply(file);
        return switch (file.kind()) {
            case IMAGE -> part("image_url", "url", dataUri(file, data));
            case VIDEO ->
                switch (videoStyle) {
                    case INPUT_VIDEO -> part("input_video", "data", data);
                    case VIDEO_URL -> part("video_url", "url", dataUri(file, data));
                };
        };
    }

    private static String dataUri(MediaFile file, String data) {
        return data.startsWith("sha256:") ? data : "data:" + file.mimeType() + ";base64," + data;
    }

    private static ObjectNode part(String type, String field, String value) {
        ObjectNode part = JsonNodeFactory.instance.objectNode();
        part.put("type", type).putObject(type).put(field, value);
        return part;
    }

    private static byte[] read(MediaFile file) {
        try {
            return Files.readAllBytes(file.path());
        } catch (IOException e) {
            throw new UncheckedIOException(file.path() + ": cannot be read", e);
        }
    }
}
