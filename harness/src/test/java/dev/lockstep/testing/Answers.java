package dev.lockstep.testing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.client.Attempt;
import dev.lockstep.client.Exchange;
import dev.lockstep.client.Timing;
import dev.lockstep.run.ForcedExchange;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Samples and chat completions for tests. */
public final class Answers {
    private static final Timing TIMING = new Timing(Instant.parse("2026-11-22T00:00:00Z"), 5, 1_000, 2_000);

    private Answers() {}

    /** A completion of one token for each character, all with the same log-probability. */
    public static String body(String text, double logprob) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode choice = body.putArray("choices").addObject().put("index", 0).put("finish_reason", "stop");
        choice.putObject("message").put("role", "assistant").put("content", text);
        var content = choice.putObject("logprobs").putArray("content");
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            ObjectNode token = content.addObject().put("id", (int) letter).put("token", String.valueOf(letter));
            token.put("logprob", logprob).putArray("bytes").add((int) letter);
            var top = token.putArray("top_logprobs");
            top.addObject()
                    .put("id", (int) letter)
                    .put("token", String.valueOf(letter))
                    .put("logprob", logprob);
            top.addObject().put("id", 1).put("token", "?").put("logprob", -9.0);
        }
        body.putObject("usage").put("prompt_tokens", 7).put("completion_tokens", text.length());
        return body.toString();
    }

    /** A completion of nothing but text: the server tells neither tokens nor counts. */
    public static String bare(String text) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode choice = body.putArray("choices").addObject().put("index", 0).put("finish_reason", "stop");
        choice.putObject("message").put("role", "assistant").put("content", text);
        return body.toString();
    }

    public static Sample answered(SampleKey key, String text, double logprob) {
        return answered(key, body(text, logprob));
    }

    public static Sample answered(SampleKey key, String body) {
        return sample(key, exchange(body), Sample.Outcome.ANSWERED);
    }

    /** A sample beside which the server was made to score other tokens. */
    public static Sample answered(SampleKey key, String body, ForcedExchange forced) {
        Sample free = answered(key, body);
        return new Sample(
                key,
                free.seed(),
                free.replica(),
                free.epoch(),
                free.request(),
                free.exchange(),
                free.outcome(),
                List.of(forced));
    }

    /** Follows a text of {@link #body}: one token for each character, its number the id. */
    public static ForcedExchange following(String text, double logprob) {
        return new ForcedExchange(
                ForcedExchange.Half.DECODE,
                text.chars().boxed().toList(),
                JsonNodeFactory.instance.objectNode().put("model", "m"),
                exchange(body(text, logprob)));
    }

    /** The same, read as a part of the prompt after one other token. */
    public static ForcedExchange prompted(String text, double logprob) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode places = body.putArray("prompt_logprobs").addNull();
        for (int i = 0; i < text.length(); i++) {
            String letter = text.substring(i, i + 1);
            ObjectNode place = places.addObject();
            place.putObject(Integer.toString(letter.charAt(0)))
                    .put("logprob", logprob)
                    .put("rank", 2)
                    .put("decoded_token", letter);
            place.putObject("1").put("logprob", logprob / 2).put("rank", 1).put("decoded_token", "?");
        }
        return new ForcedExchange(
                ForcedExchange.Half.PREFILL,
                text.chars().boxed().toList(),
                JsonNodeFactory.instance.objectNode().put("model", "m"),
                exchange(body.toString()));
    }

    private static Exchange exchange(String body) {
        return new Exchange(200, body, Map.of(), TIMING, List.of());
    }

    public static Sample refused(SampleKey key) {
        Attempt attempt = new Attempt(400, "status 400");
        Exchange exchange = new Exchange(400, "{\"error\":{}}", Map.of(), TIMING, List.of(attempt, attempt, attempt));
        return sample(key, exchange, Sample.Outcome.REFUSED);
    }

    public static Sample failed(SampleKey key) {
        Attempt attempt = new Attempt(0, "connection refused");
        return sample(key, new Exchange(0, "", Map.of(), TIMING, List.of(attempt)), Sample.Outcome.FAILED);
    }

    private static Sample sample(SampleKey key, Exchange exchange, Sample.Outcome outcome) {
        ObjectNode request = JsonNodeFactory.instance.objectNode().put("model", "m");
        return new Sample(key, 11, "-", "epoch-1", request, exchange, outcome);
    }
}
