package dev.lockstep.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.client.Exchange;
import dev.lockstep.client.ModelClient;
import dev.lockstep.client.PromptedTokens;
import java.util.List;
import java.util.UUID;

/**
 * Gives vLLM the baseline's tokens as a part of the prompt, and asks for the log-probabilities of prompt tokens.
 *
 * <p>Text goes as token ids to {@code /v1/completions}. Prompts with media must go the way of the chat, as an answer to be continued;
 * where its tokens are rendered in another way than they were generated, nothing can be compared. A prompt that tonight has other
 * tokens than then is not asked at all. Each request has a cache of its own, for the prefix cache changes last bits.
 */
public final class PromptForcing implements Forcing {
    private final ModelClient client;
    private final RequestTemplate template;
    private final Reference reference;

    public PromptForcing(ModelClient client, RequestTemplate template, Reference reference) {
        this.client = client;
        this.template = template;
        this.reference = reference;
    }

    @Override
    public List<ForcedExchange> force(PlannedSample planned, Sample sample) {
        PromptedTokens now = PromptedTokens.of(sample.exchange().body());
        Sample reference = this.reference.of(planned).orElse(sample);
        PromptedTokens then = PromptedTokens.of(reference.exchange().body());
        boolean isComparable = !then.generated().isEmpty() && then.prompt().equals(now.prompt());
        return isComparable ? List.of(ask(planned, then)) : List.of();
    }

    private ForcedExchange ask(PlannedSample planned, PromptedTokens then) {
        return planned.evalCase().media().isEmpty() ? askIds(planned, then) : askChat(planned, then);
    }

    private ForcedExchange askIds(PlannedSample planned, PromptedTokens then) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("model", template.model());
        ArrayNode prompt = body.putArray("prompt");
        then.prompt().forEach(prompt::add);
        then.generated().forEach(prompt::add);
        scored(body, planned).put("temperature", 0);
        Exchange exchange =
                client.post("/v1/completions", body, planned.evalCase().timeout());
        return new ForcedExchange(ForcedExchange.Half.PREFILL, then.generated(), body, exchange);
    }

    private ForcedExchange askChat(PlannedSample planned, PromptedTokens then) {
        ObjectNode sent = continued(template.body(planned), planned, then);
        ObjectNode recorded = continued(template.recorded(planned), planned, then);
        recorded.set("cache_salt", sent.path("cache_salt"));
        Exchange exchange =
                client.post("/v1/chat/completions", sent, planned.evalCase().timeout());
        boolean isThen = PromptedTokens.of(exchange.body()).prompt().equals(then.continued());
        List<Integer> follows = isThen ? then.withoutEnd() : List.of();
        return new ForcedExchange(ForcedExchange.Half.PREFILL, follows, recorded, exchange);
    }

    private static ObjectNode continued(ObjectNode body, PlannedSample planned, PromptedTokens then) {
        body.withArray("messages").addObject().put("role", "assistant").put("content", then.text());
        body.put("add_generation_prompt", false).put("continue_final_message", true);
        body.remove(List.of("logprobs", "top_logprobs"));
        return scored(body, planned);
    }

    private static ObjectNode scored(ObjectNode body, PlannedSample planned) {
        return body.put("max_tokens", 1)
                .put("prompt_logprobs", planned.evalCase().topLogprobs())
                .put("cache_salt", UUID.randomUUID().toString());
    }
}
