package dev.lockstep.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.job.LockedStack;
import java.util.stream.Collectors;

/** How much of the model's files was read when a stack was verified. */
final class ReadLine {

    private ReadLine() {}

    /** Returns the tier, and what it left unread: {@code cached; model: weights.gguf cached: not changed since …}. */
    static String of(LockedStack locked) {
        String parts = locked.coverage().entrySet().stream()
                .map(part -> "; " + part.getKey() + ": " + part.getValue())
                .collect(Collectors.joining());
        return locked.request().tier().key() + parts;
    }

    static ObjectNode json(LockedStack locked) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("tier", locked.request().tier().key());
        locked.coverage().forEach(node.putObject("parts")::put);
        return node;
    }
}
