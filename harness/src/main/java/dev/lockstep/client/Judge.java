package dev.lockstep.client;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decides what an attempt's outcome means: an answer, a refusal, or trouble of the infrastructure. */
record Judge(Mask mask) {
    private static final Set<Integer> INFRASTRUCTURE = Set.of(408, 429, 502, 503, 504);

    Trial judge(Question question, Delivery delivery) {
        return switch (delivery) {
            case Delivery.Received(var response, var elapsed) -> received(question, response, elapsed);
            case Delivery.TimedOut(var error, var elapsed) -> Trial.lost(error, elapsed);
            case Delivery.Lost(var error, var cause, var elapsed) -> Trial.lost(mask.over(error), elapsed);
        };
    }

    private Trial received(Question question, HttpResponse<byte[]> response, Elapsed elapsed) {
        String body = new String(response.body(), StandardCharsets.UTF_8);
        Map<String, String> headers = RecordedHeaders.of(response.headers());
        int status = response.statusCode();
        if (status < 200 || status >= 300) {
            return unsuccessful(kind(question, status), status, mask.over(body), headers, elapsed);
        }
        if (lacksJson(question, headers.getOrDefault("content-type", ""), body)) {
            Attempt failure = new Attempt(status, noJson(headers, response.body().length));
            return new Trial(Trial.Kind.FAILED, 0, "", headers, elapsed, Optional.of(failure));
        }
        return new Trial(Trial.Kind.ANSWERED, status, body, headers, elapsed, Optional.empty());
    }

    private static Trial unsuccessful(
            Trial.Kind kind, int status, String body, Map<String, String> headers, Elapsed elapsed) {
        String message = ErrorMessage.of(body);
        String error = "the server answered " + status + (message.isEmpty() ? "" : ": " + message);
        return new Trial(kind, status, body, headers, elapsed, Optional.of(new Attempt(status, error)));
    }

    private static Trial.Kind kind(Question question, int status) {
        return switch (question) {
            case Question.Get get -> Trial.Kind.FINAL;
            case Question.Head head -> Trial.Kind.FINAL;
            case Question.Post post when status < 400 -> Trial.Kind.FINAL;
            case Question.Post post when INFRASTRUCTURE.contains(status) -> Trial.Kind.FAILED;
            case Question.Post post -> Trial.Kind.REFUSED;
        };
    }

    private static boolean lacksJson(Question question, String contentType, String body) {
        boolean expected =
                switch (question) {
                    case Question.Post post -> !contentType.startsWith("text/event-stream");
                    case Question.Get get -> contentType.startsWith("application/json");
                    case Question.Head head -> false;
                };
        return expected && WireJson.read(body).isEmpty();
    }

    private static String noJson(Map<String, String> headers, int bytes) {
        return "the body of " + bytes + " bytes (" + headers.getOrDefault("content-type", "no content type")
                + ") is no complete JSON value";
    }
}
