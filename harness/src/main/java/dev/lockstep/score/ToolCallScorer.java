package dev.lockstep.score;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.client.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code tool_call}: the calls of the answer are those of {@code reference.calls}; an empty list expects none. */
final class ToolCallScorer implements Scorer {
    /** How chat templates of open models begin a call; in the text, they show that the server's parser missed it. */
    private static final List<String> LEAKS =
            List.of("<tool_call>", "<|tool_call", "<function=", "[TOOL_CALLS]", "<|python_tag|>");

    @Override
    public String name() {
        return "tool_call";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Score score(Answer answer, JsonNode reference, ObjectNode parameters) {
        Judgement judgement = Judgement.by(this);
        Optional<String> leak = leak(answer);
        if (leak.isPresent()) {
            return judgement.wrong("leaked: a call stands in the text (" + leak.get() + ") instead of tool_calls");
        }
        List<ActualCall> calls = new ArrayList<>();
        for (Answer.ToolCall call : answer.toolCalls()) {
            Optional<ActualCall> parsed = ActualCall.parse(call);
            if (parsed.isEmpty()) {
                return judgement.unparseable("the arguments of " + call.name() + " are " + Excerpt.of(call.arguments())
                        + ", which is no JSON object");
            }
            calls.add(parsed.get());
        }
        return CallMatching.difference(ExpectedCall.allOf(reference), calls)
                .map(judgement::wrong)
                .orElseGet(() -> judgement.right(calls.isEmpty() ? "makes no call" : "makes the expected calls"));
    }

    @Override
    public List<String> mistakes(ObjectNode parameters, JsonNode reference) {
        Mistakes mistakes = Mistakes.of(this)
                .need(reference, "calls", "a list of {name, args, optional}", JsonNode::isArray)
                .flags(parameters);
        if (reference.path("calls").isArray()) {
            reference.path("calls").forEach(call -> ReferenceCall.check(call, mistakes));
        }
        return mistakes.list();
    }

    private static Optional<String> leak(Answer answer) {
        return answer.toolCalls().isEmpty()
                ? LEAKS.stream().filter(answer.text()::contains).findFirst()
                : Optional.empty();
    }
}
