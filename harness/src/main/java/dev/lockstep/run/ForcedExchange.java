package dev.lockstep.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.client.Answer.Forced;
import dev.lockstep.client.Answer.Token;
import dev.lockstep.client.Exchange;
import dev.lockstep.client.ForcedReader;
import java.util.List;

/**
 * One request that made the stack score tokens which it did not choose: those of the baseline's answer to the same prompt.
 *
 * @param half how they were scored
 * @param follows the ids of these tokens; empty when the stack made others of them, which nobody can compare
 * @param request the body as sent, media replaced by {@code sha256:…}
 */
public record ForcedExchange(Half half, List<Integer> follows, JsonNode request, Exchange exchange) {

    /** How an engine scores given tokens. The two go through other kernels, and each sees what the other does not. */
    public enum Half {
        /** It generates them one after the other, kept to them by a grammar. */
        DECODE,
        /** It reads them as a part of the prompt. */
        PREFILL
    }

    public ForcedExchange {
        follows = List.copyOf(follows);
    }

    /** Returns whether the infrastructure failed, so that nothing can be said of what the stack would have answered. */
    public boolean failed() {
        return switch (exchange.status()) {
            case 0, 401, 403, 404, 408, 429, 502, 503, 504 -> true;
            default -> false;
        };
    }

    /** Returns the tokens of each half that came back as they were wanted; nothing of a half that did not. */
    static Forced tokens(List<ForcedExchange> all) {
        return new Forced(tokens(all, Half.DECODE), tokens(all, Half.PREFILL));
    }

    private static List<Token> tokens(List<ForcedExchange> all, Half half) {
        return all.stream()
                .filter(each -> each.half() == half && each.exchange().succeeded())
                .findFirst()
                .map(ForcedExchange::tokens)
                .orElse(List.of());
    }

    private List<Token> tokens() {
        return switch (half) {
            case DECODE -> ForcedReader.generated(exchange.body(), follows);
            case PREFILL -> ForcedReader.prompted(exchange.body(), follows);
        };
    }
}
