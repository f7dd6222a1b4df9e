package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.LayerState;
import dev.lockstep.lock.Lock;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether a lock holds its stack to answers that do not depend on what else the server computes at the time. */
final class BatchInvariance {
    private static final String SGLANG = "--enable-deterministic-inference";

    private BatchInvariance() {}

    /** Tells whether vLLM's or SGLang's deterministic mode is locked, or llama.cpp has a single slot. */
    static boolean isLocked(Lock lock) {
        LayerState launch = lock.layer(Layer.LAUNCH);
        Map<String, JsonNode> fields = new HashMap<>(launch.observed());
        fields.putAll(launch.declared());
        fields.putAll(launch.pinned());
        return isOne(fields.get("env.VLLM_BATCH_INVARIANT"))
                || isOne(fields.get("slots"))
                || fields.values().stream().anyMatch(BatchInvariance::namesFlag);
    }

    private static boolean isOne(@Nullable JsonNode value) {
        return value != null && value.asText().equals("1");
    }

    private static boolean namesFlag(JsonNode value) {
        for (JsonNode word : value) {
            if (word.asText().equals(SGLANG)) {
                return true;
            }
        }
        return false;
    }
}
