package dev.lockstep.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.client.Answer;
import dev.lockstep.client.AnswerReader;
import dev.lockstep.client.Exchange;
import java.util.List;
import java.util.Optional;

/**
 * One answer of the stack to one case, as the run log keeps it.
 *
 * @param replica which replica answered; {@code -} when nobody says
 * @param epoch the start of the server, or of all replicas, when the run began or was resumed; nobody looks again before its end
 * @param request the body as sent, media replaced by {@code sha256:…}
 * @param forced what was asked beside it, so that the stack scores the tokens of the baseline
 */
public record Sample(
        SampleKey key,
        long seed,
        String replica,
        String epoch,
        JsonNode request,
        Exchange exchange,
        Outcome outcome,
        List<ForcedExchange> forced) {

    public Sample {
        forced = List.copyOf(forced);
    }

    /** Takes a sample beside which nothing was asked. */
    public Sample(
            SampleKey key,
            long seed,
            String replica,
            String epoch,
            JsonNode request,
            Exchange exchange,
            Outcome outcome) {
        this(key, seed, replica, epoch, request, exchange, outcome, List.of());
    }

    /** How the asking ended. */
    public enum Outcome {
        /** The stack answered. */
        ANSWERED,
        /** The stack refused the case three times in a row while it answered others: behaviour. */
        REFUSED,
        /** The infrastructure failed: nothing can be said about behaviour. */
        FAILED
    }

    Sample with(List<ForcedExchange> others) {
        return new Sample(key, seed, replica, epoch, request, exchange, outcome, others);
    }

    /** Reads the answer with what was asked beside it; empty where the body holds none. */
    public Optional<Answer> answer() {
        return AnswerReader.read(exchange.body())
                .map(answer -> forced.isEmpty() ? answer : answer.with(ForcedExchange.tokens(forced)));
    }

    /** Tells whether its prompt holds images, videos or other parts that are no text. */
    public boolean hasMedia() {
        return request.path("messages")
                .valueStream()
                .flatMap(message -> message.path("content").valueStream())
                .anyMatch(part -> !part.path("type").asText("text").equals("text"));
    }
}
