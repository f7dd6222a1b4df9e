package dev.lockstep.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.client.Answer;
import dev.lockstep.client.Exchange;
import dev.lockstep.client.ForcedReader;
import dev.lockstep.client.GeneratedTokens;
import dev.lockstep.client.ModelClient;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Keeps llama.cpp to the baseline's text by a grammar that allows nothing else; it then tells the log-probabilities of the
 * unconstrained distribution.
 *
 * <p>Only prompts whose answer left the baseline's tokens are asked again: the forced run of an answer gives exactly the
 * log-probabilities of its free run. Chat requests refuse a grammar beside tools, so those go as rendered text to {@code
 * /completion}; with tools and media there is no way.
 */
public final class GrammarForcing implements Forcing {
    private final ModelClient client;
    private final RequestTemplate template;
    private final Reference reference;

    public GrammarForcing(ModelClient client, RequestTemplate template, Reference reference) {
        this.client = client;
        this.template = template;
        this.reference = reference;
    }

    @Override
    public List<ForcedExchange> force(PlannedSample planned, Sample sample) {
        return reference
                .of(planned)
                .map(then -> GeneratedTokens.of(then.exchange().body()))
                .filter(wanted -> !wanted.ids().isEmpty() && leaves(sample, wanted))
                .flatMap(wanted -> force(planned, wanted))
                .stream()
                .toList();
    }

    private static boolean leaves(Sample sample, GeneratedTokens wanted) {
        boolean isAnswered = sample.answer()
                .map(Answer::tokens)
                .filter(tokens -> !tokens.isEmpty())
                .isPresent();
        return isAnswered
                && ForcedReader.generated(sample.exchange().body(), wanted.ids())
                        .isEmpty();
    }

    private Optional<ForcedExchange> force(PlannedSample planned, GeneratedTokens wanted) {
        if (!planned.evalCase().body().has("tools")) {
            ObjectNode sent = kept(template.body(planned), wanted);
            return Optional.of(
                    exchange(planned, "/v1/chat/completions", sent, kept(template.recorded(planned), wanted), wanted));
        }
        return planned.evalCase().media().isEmpty() ? completion(planned, wanted) : Optional.empty();
    }

    private static ObjectNode kept(ObjectNode body, GeneratedTokens wanted) {
        return body.put("grammar", grammar(wanted.text()))
                .put("temperature", 0)
                .put("max_tokens", wanted.ids().size());
    }

    private Optional<ForcedExchange> completion(PlannedSample planned, GeneratedTokens wanted) {
        ObjectNode chat = template.body(planned);
        Exchange rendered =
                client.post("/apply-template", chat, planned.evalCase().timeout());
        return Optional.of(rendered.body())
                .filter(body -> rendered.succeeded())
                .flatMap(ForcedReader::prompt)
                .map(prompt -> completion(chat, prompt, planned.evalCase().topLogprobs()))
                .map(body -> kept(body, wanted))
                .map(body -> exchange(planned, "/completion", body, body, wanted));
    }

    /** Takes what the chat request says about the server, not about the conversation. */
    private ObjectNode completion(ObjectNode chat, String prompt, int alternatives) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.setAll(template.extras());
        JsonNode seed = chat.path("seed");
        body.set("seed", seed);
        return body.put("prompt", prompt).put("n_probs", alternatives);
    }

    private ForcedExchange exchange(
            PlannedSample planned, String path, ObjectNode sent, ObjectNode recorded, GeneratedTokens wanted) {
        Exchange answer = client.post(path, sent, planned.evalCase().timeout());
        return new ForcedExchange(ForcedExchange.Half.DECODE, wanted.ids(), recorded, answer);
    }

    /** Writes the grammar of one text, in the notation of llama.cpp (GBNF). */
    static String grammar(String text) {
        StringBuilder literal = new StringBuilder("root ::= \"");
        text.codePoints().forEach(point -> literal.append(spelled(point)));
        return literal.append('"').toString();
    }

    private static String spelled(int point) {
        return switch (point) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> point < ' ' ? String.format(Locale.ROOT, "\\x%02X", point) : Character.toString(point);
        };
    }
}
