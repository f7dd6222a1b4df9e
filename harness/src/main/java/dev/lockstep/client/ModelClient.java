package dev.lockstep.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/** Sends raw JSON to one endpoint, within its limits, and returns what came back, failures included. */
public interface ModelClient extends AutoCloseable {

    /**
     * Sends a body as it is.
     *
     * <p>Connection failures, time-outs, 408, 429 (after its {@code Retry-After}), 502, 503 and 504 are tried again as often
     * as the endpoint allows; any other status from 400 on is asked three times in all, so that a refusal is known to be
     * reproducible. Never throws for what a server does.
     *
     * @param path from the endpoint's root on: {@code /v1/chat/completions}
     */
    Exchange post(String path, JsonNode body, Duration timeout);

    /** Reads a path; retried like {@link #post}, but a status from 400 on is final at once. */
    Exchange get(String path, Duration timeout);

    /** Asks whether there is such a path, without its content; a status from 400 on is final at once. */
    Exchange head(String path, Duration timeout);

    @Override
    void close();
}
