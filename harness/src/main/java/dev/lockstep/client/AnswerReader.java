package dev.lockstep.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.client.Answer.ToolCall;
import dev.lockstep.client.Answer.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Reads chat completions as engines write them, leniently: what differs between engines is taken as it is, nothing is dropped
 * for being unknown.
 */
public final class AnswerReader {
    private AnswerReader() {}

    /** Returns the first choice of a chat completion; empty when the body is none. */
    public static Optional<Answer> read(String body) {
        return WireJson.read(body)
                .filter(completion -> completion.at("/choices/0/message").isObject())
                .map(AnswerReader::answer);
    }

    private static Answer answer(JsonNode completion) {
        JsonNode choice = completion.at("/choices/0");
        JsonNode message = choice.path("message");
        return new Answer(
                content(message.path("content")),
                reasoning(message),
                toolCalls(message.path("tool_calls")),
                text(choice.path("finish_reason")),
                usage(completion.path("usage")),
                TokenReader.read(choice),
                Optional.ofNullable(completion.path("system_fingerprint").textValue()));
    }

    private static String content(JsonNode content) {
        if (!content.isArray()) {
            return text(content);
        }
        return StreamSupport.stream(content.spliterator(), false)
                .map(part -> text(part.path("text")))
                .collect(Collectors.joining());
    }

    private static String reasoning(JsonNode message) {
        String reasoning = text(message.path("reasoning"));
        return reasoning.isEmpty() ? text(message.path("reasoning_content")) : reasoning;
    }

    private static List<ToolCall> toolCalls(JsonNode calls) {
        List<ToolCall> read = new ArrayList<>();
        for (JsonNode call : calls) {
            JsonNode function = call.path("function");
            read.add(new ToolCall(
                    text(call.path("id")), text(function.path("name")), arguments(function.path("arguments"))));
        }
        return read;
    }

    /** Some servers send the arguments as an object instead of as its text. */
    private static String arguments(JsonNode arguments) {
        return arguments.isContainerNode() ? WireJson.compact(arguments) : text(arguments);
    }

    private static Usage usage(JsonNode usage) {
        return new Usage(
                usage.path("prompt_tokens").asInt(-1),
                usage.path("completion_tokens").asInt(-1),
                usage.path("prompt_tokens_details").path("cached_tokens").asInt(-1));
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? value.textValue() : "";
    }
}
