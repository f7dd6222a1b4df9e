package dev.lockstep.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.client.Exchange;

/**
 * One answer of the stack to one case, as the run log keeps it.
 *
 * @param replica which replica answered; {@code -} when nobody says
 * @param epoch the start of the server when the run began or was resumed; nobody looks again before its end
 * @param request the body as sent, media replaced by {@code sha256:…}
 */
public record Sample(
        SampleKey key, long seed, String replica, String epoch, JsonNode request, Exchange exchange, Outcome outcome) {

    /** How the asking ended. */
    public enum Outcome {
        /** The stack answered. */
        ANSWERED,
        /** The stack refused the case three times in a row while it answered others: behaviour. */
        REFUSED,
        /** The infrastructure failed: nothing can be said about behaviour. */
        FAILED
    }
}
