package dev.lockstep.stack;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.client.Answer;
import dev.lockstep.client.Answer.Token;
import dev.lockstep.client.AnswerReader;
import dev.lockstep.client.Exchange;
import dev.lockstep.document.LockstepException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Asks a stack for the log-probabilities of a few short greedy answers: what weights and engine compute together.
 *
 * <p>Not streamed, for engines have lost values of tokens that came together (sgl-project/sglang#39261).
 */
record LogprobProbe(LiveJson server, String model) {
    /** How often each prompt is asked to learn how the stack repeats itself. */
    static final int TIMES = 3;

    private static final int MOST_TOKENS = 16;
    /** The second where an engine allows no more: TGI. */
    private static final List<Integer> TOPS = List.of(20, 5);

    private static final SortedMap<String, String> PROMPTS = new TreeMap<>(Map.of(
            "capital", "What is the capital of France?",
            "code", "Write a function that adds two numbers.",
            "sea", "Write one sentence about the sea.",
            "sum", "What is 3 plus 4?"));

    /** Opaque stacks are judged by what they answer in a run, and not asked here. */
    static Logprobs take(StackConfig config, LiveEndpoint endpoint, int times) {
        return switch (config.visibility()) {
            case OPAQUE -> Logprobs.untold("of an opaque stack, a run judges the log-probabilities");
            case VISIBLE -> new LogprobProbe(new LiveJson(endpoint), config.model()).take(times);
        };
    }

    Logprobs take(int times) {
        Logprobs last = Logprobs.untold("");
        for (int top : TOPS) {
            last = take(times, top);
            if (last.areTold()) {
                return last;
            }
        }
        return last;
    }

    private Logprobs take(int times, int top) {
        SortedMap<String, List<List<Token>>> answers = new TreeMap<>();
        for (Map.Entry<String, String> prompt : PROMPTS.entrySet()) {
            List<List<Token>> repeats = new ArrayList<>();
            for (int repeat = 0; repeat < times; repeat++) {
                Told told = ask(prompt.getValue(), top);
                if (told.tokens().isEmpty()) {
                    return Logprobs.untold(told.why());
                }
                repeats.add(told.tokens());
            }
            answers.put(prompt.getKey(), repeats);
        }
        return new Logprobs(answers, "");
    }

    private record Told(List<Token> tokens, String why) {
        static Told nothing(String why) {
            return new Told(List.of(), why);
        }
    }

    private Told ask(String prompt, int top) {
        try {
            return told(server.exchange("/v1/chat/completions", request(prompt, top)));
        } catch (LockstepException noAnswer) {
            return Told.nothing("a short answer did not come in time: " + noAnswer.getMessage());
        }
    }

    private static Told told(Exchange exchange) {
        if (!exchange.succeeded()) {
            return Told.nothing("the engine refuses to tell log-probabilities (HTTP " + exchange.status() + ")");
        }
        List<Token> tokens =
                AnswerReader.read(exchange.body()).map(Answer::tokens).orElse(List.of());
        return tokens.stream().anyMatch(token -> !token.top().isEmpty())
                ? new Told(tokens, "")
                : Told.nothing("the engine tells no log-probabilities, although it was asked for them");
    }

    private ObjectNode request(String prompt, int top) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("model", model).put("temperature", 0).put("seed", 1).put("max_tokens", MOST_TOKENS);
        request.put("logprobs", true).put("top_logprobs", top);
        // For llama.cpp: a look must leave nothing behind that the next answer begins from, nor begin from another.
        request.put("cache_prompt", false);
        request.putArray("messages").addObject().put("role", "user").put("content", prompt);
        return request;
    }
}
