package dev.lockstep.suite;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.document.Fields;
import java.time.Duration;

/** How a case is asked; a suite gives the defaults, a case may say otherwise. */
record Settings(ObjectNode sampling, Repetitions repetitions, Duration timeout, int topLogprobs) {
    static final Settings DEFAULTS =
            new Settings(JsonNodeFactory.instance.objectNode(), Repetitions.UNSAID, Duration.ofMinutes(2), 0);
    private static final int MOST_SECONDS = 86_400;

    static Settings read(Fields fields, Settings outer) {
        long seconds = fields.integer("timeout_s", outer.timeout().toSeconds(), 1, MOST_SECONDS);
        return new Settings(
                Sampling.read(fields, outer.sampling()),
                Repetitions.read(fields, outer.repetitions()),
                Duration.ofSeconds(seconds),
                (int) fields.integer("top_logprobs", outer.topLogprobs(), 0, 20));
    }
}
