package dev.lockstep.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.lockstep.client.Attempt;
import dev.lockstep.client.Exchange;
import dev.lockstep.client.ModelClient;
import dev.lockstep.client.Timing;
import dev.lockstep.suite.Suite;
import dev.lockstep.testing.Answers;
import dev.lockstep.testing.Cases;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunnerTest {
    private static final RequestTemplate TEMPLATE = new RequestTemplate(
            "tiny",
            JsonNodeFactory.instance.objectNode().put("cache_prompt", false),
            RequestTemplate.VideoStyle.INPUT_VIDEO);

    private final List<JsonNode> sent = Collections.synchronizedList(new ArrayList<>());

    @Test
    void asks_everything_in_the_order_of_the_plan() {
        Plan plan = plan(6);
        List<String> asked = ask(runner(body -> ok()), plan, 1);

        assertThat(asked)
                .isEqualTo(plan.samples().stream().map(s -> s.key().toString()).toList());
        assertThat(sent.getFirst())
                .hasToString(
                        "{\"model\":\"tiny\",\"messages\":[{\"role\":\"user\",\"content\":\"prompt 0\"}],\"temperature\":0,"
                                + "\"max_tokens\":8,\"seed\":11,\"stream\":false,\"logprobs\":true,\"top_logprobs\":5,"
                                + "\"cache_prompt\":false}");
    }

    @Test
    void asks_each_sample_once_with_many_workers() {
        Plan plan = plan(200);

        assertThat(ask(runner(body -> ok()), plan, 16))
                .containsExactlyInAnyOrderElementsOf(
                        plan.samples().stream().map(s -> s.key().toString()).toList());
    }

    @Test
    void gives_an_endpoint_up_that_fails_five_times_in_a_row() {
        Runner runner = runner(body -> exchange(0, ""));

        assertThat(ask(runner, plan(50), 1)).hasSize(Runner.OUTAGE);
        assertThat(runner.endpointIsDown()).isTrue();
    }

    @Test
    void does_not_give_up_when_an_answer_comes_in_between() {
        Runner runner = runner(body -> body.toString().contains("prompt 4\"") ? ok() : exchange(503, ""));

        assertThat(ask(runner, plan(7), 1)).hasSize(7);
    }

    @Test
    void tells_refusals_from_failures() {
        PlannedSample planned = plan(1).samples().getFirst();

        assertThat(outcome(planned, exchange(400, "{}"))).isEqualTo(Sample.Outcome.REFUSED);
        assertThat(outcome(planned, exchange(500, "{}"))).isEqualTo(Sample.Outcome.REFUSED);
        assertThat(outcome(planned, exchange(401, "{}"))).isEqualTo(Sample.Outcome.FAILED);
        assertThat(outcome(planned, exchange(429, "{}"))).isEqualTo(Sample.Outcome.FAILED);
        assertThat(outcome(planned, exchange(0, ""))).isEqualTo(Sample.Outcome.FAILED);
        assertThat(outcome(planned, exchange(200, "{\"hello\":1}"))).isEqualTo(Sample.Outcome.FAILED);
        assertThat(outcome(planned, ok())).isEqualTo(Sample.Outcome.ANSWERED);
    }

    @Test
    void stops_when_it_is_interrupted() {
        Runner runner = runner(body -> neverAnswer());
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> runner.ask(plan(50).samples(), 1, sample -> {}))
                .isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(sent).hasSizeLessThanOrEqualTo(1);
    }

    private static Exchange neverAnswer() {
        try {
            new CountDownLatch(1).await();
            throw new AssertionError("nobody opens this latch");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }

    private Sample.Outcome outcome(PlannedSample planned, Exchange exchange) {
        return runner(body -> exchange).ask(planned).outcome();
    }

    private static List<String> ask(Runner runner, Plan plan, int workers) {
        List<String> asked = Collections.synchronizedList(new ArrayList<>());
        runner.ask(plan.samples(), workers, sample -> asked.add(sample.key().toString()));
        return asked;
    }

    private static Plan plan(int cases) {
        return new Plan(
                List.of(Cases.suite(
                        "s",
                        Suite.Role.SCORES,
                        IntStream.range(0, cases)
                                .mapToObj(i -> Cases.scored("s", "c" + i, "prompt " + i, "7", 1))
                                .toList())),
                TEMPLATE,
                Profile.NIGHTLY);
    }

    private Runner runner(Function<JsonNode, Exchange> server) {
        return new Runner(new FakeClient(server), TEMPLATE, "epoch-1", Forcing.NONE);
    }

    private static Exchange ok() {
        return exchange(200, Answers.body("7", -1));
    }

    private static Exchange exchange(int status, String body) {
        List<Attempt> attempts = status == 200 ? List.of() : List.of(new Attempt(status, "status " + status));
        return new Exchange(status, body, Map.of(), new Timing(Instant.EPOCH, 0, 1, 2), attempts);
    }

    private final class FakeClient implements ModelClient {
        private final Function<JsonNode, Exchange> server;

        FakeClient(Function<JsonNode, Exchange> server) {
            this.server = server;
        }

        @Override
        public Exchange post(String path, JsonNode body, Duration timeout) {
            sent.add(body);
            return server.apply(body);
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
    }
}
