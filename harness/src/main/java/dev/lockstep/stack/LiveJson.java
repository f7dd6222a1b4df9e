package dev.lockstep.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.lockstep.client.Attempt;
import dev.lockstep.client.Exchange;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The JSON answers of a live server; what it does not answer, or not as JSON, is missing. */
final class LiveJson {
    private static final Set<Integer> NO_ANSWER = Set.of(0, 401, 403, 408, 429, 502, 503, 504);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String MODELS = "/v1/models";

    private final LiveEndpoint endpoint;
    private final SortedMap<String, JsonNode> answers = new TreeMap<>();

    LiveJson(LiveEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    JsonNode get(String path) {
        return kept(path, json(endpoint.client().get(path, PATIENCE)));
    }

    /** Returns what was answered so far, by path; what was no JSON is left out. */
    SortedMap<String, JsonNode> answers() {
        return Collections.unmodifiableSortedMap(answers);
    }

    String text(String path) {
        Exchange exchange = endpoint.client().get(path, PATIENCE);
        return exchange.succeeded() ? exchange.body() : "";
    }

    /** Returns an answer with its status, for callers to whom a refusal says something. */
    Exchange exchange(String path, JsonNode body) {
        return requireAnswer(path, endpoint.client().post(path, body, PATIENCE));
    }

    JsonNode post(String path, JsonNode body) {
        return kept(path, json(exchange(path, body)));
    }

    private JsonNode kept(String path, JsonNode answer) {
        if (!answer.isMissingNode()) {
            answers.put(path, answer);
        }
        return answer;
    }

    /** A server that is gone or overloaded says nothing about its stack. */
    private Exchange requireAnswer(String path, Exchange exchange) {
        if (NO_ANSWER.contains(exchange.status())) {
            throw new LockstepException(
                    ErrorKind.ENDPOINT,
                    endpoint.url() + path + ": no usable answer (status " + exchange.status()
                            + "); see to the server, then ask again");
        }
        return exchange;
    }

    /** Returns what the server says of one model; missing when it does not list it. */
    JsonNode model(String name) {
        for (JsonNode model : get(MODELS).path("data")) {
            if (model.path("id").asText().equals(name)) {
                return model;
            }
        }
        return MissingNode.getInstance();
    }

    /** Returns the first model that the server lists; missing when it lists none. */
    JsonNode firstModel() {
        return get(MODELS).path("data").path(0);
    }

    /** Throws when nothing answers, or when the credentials of stack.yaml do not open it. */
    void requireReachable() {
        requireReachable(
                "start the stack; if it serves elsewhere now, name the address: --url, in tests lockstep.url, for good endpoint.url",
                "set endpoint.token_file or endpoint.token_env");
    }

    /** Throws with one remedy when nothing answers, another when it answers but refuses, and a third when it is something else. */
    void requireReachable(String whenSilent, String whenRefused) {
        Exchange exchange = endpoint.client().get(MODELS, PATIENCE);
        if (exchange.status() == 0) {
            String why = exchange.attempts().stream()
                    .reduce((first, second) -> second)
                    .map(Attempt::error)
                    .orElse("no answer");
            throw unreachable(endpoint.url(), "does not answer (" + why + "); " + whenSilent);
        }
        if (exchange.status() == 401 || exchange.status() == 403) {
            throw unreachable(
                    endpoint.url(), "refuses the credentials (HTTP " + exchange.status() + "); " + whenRefused);
        }
        if (!json(exchange).path("data").isArray()) {
            throw unreachable(
                    endpoint.url(),
                    "is no list of models (HTTP " + exchange.status()
                            + "), so this is no OpenAI server, or not its root; correct the URL");
        }
    }

    static JsonNode json(Exchange exchange) {
        if (!exchange.succeeded()) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(exchange.body());
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private static LockstepException unreachable(URI url, String what) {
        return new LockstepException(ErrorKind.ENDPOINT, url + MODELS + ": " + what);
    }
}
