package dev.lockstep.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.client.Exchange;
import dev.lockstep.client.ModelClient;
import dev.lockstep.client.Timing;
import dev.lockstep.suite.EvalCase;
import dev.lockstep.testing.Answers;
import dev.lockstep.testing.Cases;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class ForcingTest {
    private static final RequestTemplate TEMPLATE = new RequestTemplate(
            "tiny",
            JsonNodeFactory.instance.objectNode().put("cache_prompt", false),
            RequestTemplate.VideoStyle.INPUT_VIDEO);
    private static final PlannedSample TEXT = new PlannedSample(Cases.fingerprint("prints", "p", "Print p"), 0);
    private static final SampleKey KEY = TEXT.key();

    private final List<String> sent = new ArrayList<>();

    @Test
    void keeps_an_answer_that_left_the_baselines_tokens_to_its_text() {
        Sample now = Answers.answered(KEY, "no", -1);

        List<ForcedExchange> forced = grammar(Answers.body("yes", -3)).force(TEXT, now);

        assertThat(forced).singleElement().satisfies(each -> {
            assertThat(each.half()).isEqualTo(ForcedExchange.Half.DECODE);
            assertThat(each.follows()).containsExactly((int) 'y', (int) 'e', (int) 's');
            assertThat(now.with(forced).answer().orElseThrow().scored())
                    .extracting(token -> token.text() + token.logprob())
                    .containsExactly("y-3.0", "e-3.0", "s-3.0");
        });
        assertThat(sent)
                .containsExactly(
                        "/v1/chat/completions {\"model\":\"tiny\",\"messages\":[{\"role\":\"user\",\"content\":\"Print p\"}],"
                                + "\"temperature\":0,\"max_tokens\":3,\"seed\":11,\"stream\":false,\"logprobs\":true,"
                                + "\"top_logprobs\":5,\"cache_prompt\":false,\"grammar\":\"root ::= \\\"yes\\\"\"}");
    }

    @Test
    void asks_nothing_when_the_answer_has_the_baselines_tokens_or_none() {
        GrammarForcing forcing = grammar(Answers.body("yes", -3));

        assertThat(forcing.force(TEXT, Answers.answered(KEY, "yes", -1))).isEmpty();
        assertThat(forcing.force(TEXT, Answers.answered(KEY, "yes, yes", -1))).isEmpty();
        assertThat(forcing.force(TEXT, Answers.answered(KEY, Answers.bare("no"))))
                .isEmpty();
        assertThat(new GrammarForcing(client(body -> ""), TEMPLATE, Forcing.Reference.NONE)
                        .force(TEXT, Answers.answered(KEY, "no", -1)))
                .isEmpty();
        assertThat(sent).isEmpty();
    }

    @Test
    void goes_round_the_chat_where_it_offers_tools() {
        PlannedSample tools = new PlannedSample(withTools(TEXT.evalCase()), 0);

        grammar("{\"prompt\":\"<user>Print p\"}").force(tools, Answers.answered(KEY, "no", -1));

        assertThat(sent).hasSize(2);
        assertThat(sent.getFirst()).startsWith("/apply-template {").contains("\"tools\":[");
        assertThat(sent.getLast())
                .isEqualTo("/completion {\"cache_prompt\":false,\"seed\":11,\"prompt\":\"<user>Print p\",\"n_probs\":5,"
                        + "\"grammar\":\"root ::= \\\"yes\\\"\",\"temperature\":0,\"max_tokens\":3}");
    }

    @Test
    void writes_what_a_grammar_cannot_hold_as_it_is() {
        assertThat(GrammarForcing.grammar("a\"b\\c\n\t\r\u0001ä😀"))
                .isEqualTo("root ::= \"a\\\"b\\\\c\\n\\t\\r\\x01ä😀\"");
    }

    @Test
    void gives_the_baselines_tokens_as_a_part_of_the_prompt() {
        Sample then = Answers.answered(KEY, told("[1,2]", "[5,6,0]"));

        List<ForcedExchange> forced = prompt(then).force(TEXT, Answers.answered(KEY, told("[1,2]", "[7,0]")));

        assertThat(forced)
                .singleElement()
                .satisfies(each -> assertThat(each.follows()).containsExactly(5, 6, 0));
        assertThat(sent)
                .singleElement()
                .asString()
                .matches("/v1/completions \\{\"model\":\"tiny\",\"prompt\":\\[1,2,5,6,0],\"max_tokens\":1,"
                        + "\"prompt_logprobs\":5,\"cache_salt\":\"[-0-9a-f]{36}\",\"temperature\":0}");
    }

    @Test
    void asks_for_its_own_tokens_where_a_baseline_is_still_to_be_made() {
        Sample now = Answers.answered(KEY, told("[1,2]", "[7,0]"));

        assertThat(new PromptForcing(client(body -> "{}"), TEMPLATE, Forcing.Reference.NONE).force(TEXT, now))
                .singleElement()
                .satisfies(each -> assertThat(each.follows()).containsExactly(7, 0));
    }

    @Test
    void compares_no_prompt_that_became_other_tokens() {
        Sample then = Answers.answered(KEY, told("[1,2]", "[5,6,0]"));

        assertThat(prompt(then).force(TEXT, Answers.answered(KEY, told("[1,3]", "[5,6,0]"))))
                .isEmpty();
        assertThat(prompt(then).force(TEXT, Answers.answered(KEY, "no", -1))).isEmpty();
        assertThat(sent).isEmpty();
    }

    private static String told(String prompt, String generated) {
        return "{\"prompt_token_ids\":" + prompt + ",\"choices\":[{\"token_ids\":" + generated
                + ",\"finish_reason\":\"stop\",\"message\":{\"content\":\"x\"}}]}";
    }

    private static EvalCase withTools(EvalCase text) {
        ObjectNode body = text.body().deepCopy();
        body.putArray("tools").addObject().put("type", "function");
        return new EvalCase(
                text.suite(),
                text.id(),
                text.tags(),
                text.stratum(),
                body,
                text.sampling(),
                text.seeds(),
                text.topLogprobs(),
                text.timeout(),
                text.media(),
                text.reference(),
                text.scorers(),
                text.position(),
                text.hash());
    }

    private GrammarForcing grammar(String answer) {
        Sample then = Answers.answered(KEY, "yes", -1);
        return new GrammarForcing(client(body -> answer), TEMPLATE, planned -> Optional.of(then));
    }

    private PromptForcing prompt(Sample then) {
        return new PromptForcing(client(body -> "{}"), TEMPLATE, planned -> Optional.of(then));
    }

    private ModelClient client(Function<JsonNode, String> server) {
        return new ModelClient() {
            @Override
            public Exchange post(String path, JsonNode body, Duration timeout) {
                sent.add(path + " " + body);
                return new Exchange(200, server.apply(body), Map.of(), new Timing(Instant.EPOCH, 0, 1, 2), List.of());
            }

            @Override
            public Exchange get(String path, Duration timeout) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Exchange head(String path, Duration timeout) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void close() {}
        };
    }
}
