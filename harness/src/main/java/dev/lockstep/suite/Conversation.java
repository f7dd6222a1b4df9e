package dev.lockstep.suite;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.Fields;
import dev.lockstep.document.Problems;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads the messages of a case, from {@code prompt} and {@code media} or from {@code messages}, and collects its media. */
final class Conversation {
    private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant", "tool");

    private final Fields fields;
    private final SuiteContext suite;
    private final String owner;
    private final ArrayNode messages = JsonNodeFactory.instance.arrayNode();
    private final Set<MediaFile> media = new LinkedHashSet<>();

    private Conversation(Fields fields, SuiteContext suite, String owner) {
        this.fields = fields;
        this.suite = suite;
        this.owner = owner;
    }

    static Conversation read(Fields fields, SuiteContext suite, String owner) {
        Conversation conversation = new Conversation(fields, suite, owner);
        boolean prompt = fields.has("prompt");
        boolean messages = fields.has("messages");
        if (prompt == messages) {
            fields.problem(
                    "messages",
                    prompt
                            ? "there are both 'prompt' and 'messages'; keep one"
                            : "there is neither 'prompt' nor 'messages'; add one");
        }
        if (prompt) {
            conversation.addPrompt();
        }
        conversation.addMessages(prompt);
        return conversation;
    }

    ObjectNode body() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("messages", messages);
        return body;
    }

    List<MediaFile> media() {
        return List.copyOf(media);
    }

    private void addPrompt() {
        String text = fields.requiredText("prompt", "write the question");
        ObjectNode message = messages.addObject().put("role", "user");
        List<DocumentNode> names = fields.items("media");
        if (names.isEmpty()) {
            message.put("content", text);
            return;
        }
        ArrayNode content = message.putArray("content");
        for (DocumentNode name : names) {
            use(name);
            content.addObject().put("type", "media").put("media", name.toJson().asText());
        }
        content.addObject().put("type", "text").put("text", text);
    }

    private void addMessages(boolean prompted) {
        if (!prompted && fields.has("media")) {
            fields.problem(
                    "media", "'media' goes with 'prompt'; in 'messages' write a part {type: media, media: name}");
        }
        List<DocumentNode> items = fields.items("messages");
        if (items.isEmpty() && fields.has("messages")) {
            fields.problem("messages", "'messages' is empty; write at least one message");
        }
        for (DocumentNode item : items) {
            Mappings.open(item, owner + ": a message", suite.problems()).ifPresent(this::checkMessage);
            messages.add(item.toJson());
        }
    }

    private void checkMessage(Fields message) {
        String role = message.requiredText("role", "write system, user, assistant or tool");
        if (!role.isEmpty() && !ROLES.contains(role)) {
            message.problem("role", "'role' is '" + role + "'; expected system, user, assistant or tool");
        }
        message.node("content").ifPresent(this::checkContent);
    }

    private void checkContent(DocumentNode content) {
        switch (content) {
            case DocumentNode.Sequence parts -> parts.items().forEach(this::checkPart);
            case DocumentNode.Scalar text -> {}
            case DocumentNode.Mapping mapping ->
                suite.problems().add(mapping.position(), owner + ": 'content' needs text or a list of parts");
        }
    }

    private void checkPart(DocumentNode part) {
        Problems problems = suite.problems();
        Mappings.open(part, owner + ": a content part", problems).ifPresent(open -> {
            if (open.requiredText("type", "write text, media or another OpenAI type")
                    .equals("media")) {
                open.requiredText("media", "name the media file");
                open.node("media").ifPresent(this::use);
                open.rejectUnknown();
            }
        });
    }

    private void use(DocumentNode name) {
        suite.media().use(fields, name).ifPresent(file -> {
            media.add(file);
            String kind = file.kind().name().toLowerCase(Locale.ROOT);
            suite.requirements().check(kind, name.position(), owner + " uses the " + kind + " '" + file.name() + "'");
        });
    }
}
