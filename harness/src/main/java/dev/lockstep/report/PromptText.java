package dev.lockstep.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A request's conversation as a person reads it; media and tools by name. */
final class PromptText {
    private PromptText() {}

    /** Returns the last message of the user: what was asked. */
    static String question(JsonNode request) {
        String question = "";
        for (JsonNode message : request.path("messages")) {
            if (message.path("role").asText().equals("user")) {
                question = content(message.path("content"));
            }
        }
        return question;
    }

    /** Returns all messages, each after its role, and the names of the tools. */
    static String conversation(JsonNode request) {
        List<String> lines = new ArrayList<>();
        for (JsonNode message : request.path("messages")) {
            lines.add(message.path("role").asText() + ": " + content(message.path("content")));
        }
        for (JsonNode tool : request.path("tools")) {
            lines.add("tool: " + tool.path("function").path("name").asText());
        }
        return String.join("\n", lines);
    }

    private static String content(JsonNode content) {
        if (!content.isArray()) {
            return content.asText();
        }
        List<String> parts = new ArrayList<>();
        content.forEach(part -> parts.add(part(part)));
        return String.join("\n", parts);
    }

    private static String part(JsonNode part) {
        String type = part.path("type").asText();
        if (type.equals("text")) {
            return part.path("text").asText();
        }
        JsonNode medium = part.path(type);
        if (medium.isTextual()) {
            return "[" + medium.asText() + "]";
        }
        String source = medium.path("url").asText(medium.path("data").asText());
        return "[" + type.replace("_url", "").replace("input_", "") + " " + Figures.brief(source) + "]";
    }
}
