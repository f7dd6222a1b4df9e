package dev.lockstep.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.client.Attempt;
import dev.lockstep.client.Exchange;
import dev.lockstep.client.Timing;
import dev.lockstep.document.Position;
import dev.lockstep.job.ScoredSample;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import dev.lockstep.score.Score;
import dev.lockstep.suite.EvalCase;
import dev.lockstep.suite.ScorerSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Samples and cases of a small vision stack, as a night would give them. */
final class ReportFixture {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ReportFixture() {}

    /** A sample of {@code ocr}: a scored answer without tokens. */
    static ScoredSample scored(String key, String prompt, String answer, double value, String detail) {
        return new ScoredSample(
                sample(key, request(prompt), body(answer, List.of(), 0), Sample.Outcome.ANSWERED),
                List.of(new Score("exact@1", value, Score.Outcome.SCORED, detail)));
    }

    /** A sample of a fingerprint suite: tokens with log-probabilities, each shifted by {@code shift}. */
    static ScoredSample fingerprint(String key, List<String> tokens, double shift) {
        String text = String.join("", tokens);
        return new ScoredSample(
                sample(key, request("Describe the picture."), body(text, tokens, shift), Sample.Outcome.ANSWERED),
                List.of());
    }

    static ScoredSample failed(String key, String error) {
        Exchange exchange = new Exchange(503, "", Map.of(), timing(1), List.of(new Attempt(503, error)));
        return new ScoredSample(
                new Sample(SampleKey.of(key), 7, "-", "4242-100", request("Read."), exchange, Sample.Outcome.FAILED),
                List.of());
    }

    static EvalCase evalCase(String suite, String id, String prompt, String reference) {
        ObjectNode body = JSON.objectNode();
        body.set("messages", request(prompt).get("messages"));
        Position position = new Position(Path.of("suites/" + suite + "/suite.yaml"), 41, 5);
        return new EvalCase(
                suite,
                id,
                List.of("nightly"),
                Optional.empty(),
                body,
                JSON.objectNode().put("temperature", 0),
                List.of(7L),
                0,
                Duration.ofSeconds(60),
                List.of(),
                reference.isEmpty() ? JSON.missingNode() : TextNode.valueOf(reference),
                reference.isEmpty() ? List.of() : List.of(new ScorerSpec("exact", 1, JSON.objectNode(), position)),
                position,
                "0".repeat(64));
    }

    static ObjectNode request(String prompt) {
        ObjectNode request = JSON.objectNode().put("model", "tinyvl");
        ArrayNode messages = request.putArray("messages");
        messages.addObject().put("role", "system").put("content", "Answer with the text only.");
        ArrayNode parts = messages.addObject().put("role", "user").putArray("content");
        parts.addObject().put("type", "image_url").putObject("image_url").put("url", "sha256:5f2b8c1d9e7a4630");
        parts.addObject().put("type", "text").put("text", prompt);
        return request.put("seed", 7);
    }

    private static Sample sample(String key, ObjectNode request, String body, Sample.Outcome outcome) {
        Exchange exchange = new Exchange(200, body, Map.of(), timing(key.hashCode()), List.of());
        return new Sample(SampleKey.of(key), 7, "-", "4242-100", request, exchange, outcome);
    }

    private static Timing timing(int spread) {
        long extra = Math.floorMod(spread, 40_000);
        return new Timing(Instant.parse("2026-11-20T03:00:00Z"), 400, 18_000 + extra / 4, 96_000 + extra * 3);
    }

    private static String body(String text, List<String> tokens, double shift) {
        ObjectNode body = JSON.objectNode();
        ObjectNode choice = body.putArray("choices").addObject().put("finish_reason", "stop");
        choice.put("index", 0).putObject("message").put("role", "assistant").put("content", text);
        if (!tokens.isEmpty()) {
            ArrayNode content = choice.putObject("logprobs").putArray("content");
            for (int index = 0; index < tokens.size(); index++) {
                double logprob = -0.1 - 0.05 * (index % 7) - shift * (index + 1) / tokens.size();
                content.addObject()
                        .put("id", tokens.get(index).hashCode() & 0xffff)
                        .put("token", tokens.get(index))
                        .put("logprob", logprob)
                        .putArray("top_logprobs");
            }
        }
        body.putObject("usage")
                .put("prompt_tokens", 84)
                .put("completion_tokens", tokens.isEmpty() ? 9 : tokens.size())
                .put("total_tokens", 99);
        return body.toString();
    }

    static List<String> words(String text) {
        List<String> tokens = new ArrayList<>();
        for (String word : text.split("(?= )", -1)) {
            tokens.add(word);
        }
        return tokens;
    }
}
