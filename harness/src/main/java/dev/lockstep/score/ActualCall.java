package dev.lockstep.score;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.client.Answer;
import java.util.Optional;

/** A call that a model made, its arguments parsed. */
record ActualCall(String name, ObjectNode arguments) {

    /** Returns the call; empty when its arguments are no JSON object. */
    static Optional<ActualCall> parse(Answer.ToolCall call) {
        return StrictJson.parse(call.arguments())
                .filter(ObjectNode.class::isInstance)
                .map(arguments -> new ActualCall(call.name(), (ObjectNode) arguments));
    }
}
