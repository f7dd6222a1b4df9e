package dev.lockstep.client;

import static dev.lockstep.client.RawServer.answers;
import static dev.lockstep.client.RawServer.hangsUp;
import static dev.lockstep.client.RawServer.sends;
import static dev.lockstep.client.RawServer.stallsAfter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryingModelClientTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String OK = "{\"choices\":[]}";
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofSeconds(1);

    private final FixedTime time = new FixedTime();

    @TempDir
    Path directory;

    @Test
    void sends_compact_json_on_plain_http_1_1() throws IOException {
        try (RawServer server = RawServer.playing(answers(200, OK));
                ModelClient client = client(EndpointConfig.of(server.url()))) {
            Exchange exchange = client.post(CHAT, json("{ \"model\": \"m\",\n \"text\": \"ü\" }"), LONG);

            assertThat(exchange.succeeded()).isTrue();
            assertThat(exchange.body()).isEqualTo(OK);
            assertThat(exchange.attempts()).isEmpty();
            String request = server.requests().getFirst();
            assertThat(request).startsWith("POST /v1/chat/completions HTTP/1.1\r\n");
            assertThat(request).endsWith("\r\n\r\n{\"model\":\"m\",\"text\":\"ü\"}");
            assertThat(request).contains("Content-Type: application/json\r\n");
            assertThat(request).doesNotContainIgnoringCase("upgrade").doesNotContainIgnoringCase("http2-settings");
        }
    }

    @Test
    void appends_paths_to_a_root_that_ends_with_a_slash() throws IOException {
        try (RawServer server = RawServer.playing(answers(200, OK));
                ModelClient client = client(EndpointConfig.of(URI.create(server.url() + "/models/a/")))) {
            client.post(CHAT, json("{}"), LONG);

            assertThat(server.requests().getFirst()).startsWith("POST /models/a/v1/chat/completions ");
        }
    }

    @Test
    void asks_again_after_a_hang_up_before_and_in_the_body() throws IOException {
        try (RawServer server = RawServer.playing(
                        hangsUp(), sends("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"choi"), answers(200, OK));
                ModelClient client = client(EndpointConfig.of(server.url()))) {
            Exchange exchange = client.post(CHAT, json("{}"), LONG);

            assertThat(exchange.status()).isEqualTo(200);
            assertThat(exchange.attempts())
                    .containsExactly(
                            new Attempt(
                                    0,
                                    "the connection closed before an answer came: HTTP/1.1 header parser received no bytes"),
                            new Attempt(
                                    0,
                                    "the connection broke in the middle of the answer: fixed content-length: 100, bytes received: 6"));
            assertThat(server.requests()).hasSize(3);
            assertThat(time.waits()).containsExactly(Duration.ofMillis(200), Duration.ofMillis(338));
        }
    }

    @Test
    void asks_again_after_a_chunked_body_that_breaks_off() throws IOException {
        try (RawServer server = RawServer.playing(
                        sends("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n"), answers(200, OK));
                ModelClient client = client(EndpointConfig.of(server.url()))) {
            Exchange exchange = client.post(CHAT, json("{}"), LONG);

            assertThat(exchange.status()).isEqualTo(200);
            assertThat(exchange.attempts())
                    .singleElement()
                    .satisfies(attempt -> assertThat(attempt.error())
                            .startsWith("the connection broke in the middle of the answer: "));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"choices\":", "<html></html>", "", "{} {}"})
    void asks_again_after_a_200_that_holds_no_json(String body) throws IOException {
        try (RawServer server = RawServer.playing(answers(200, body, "Content-Type: text/html"), answers(200, OK));
                ModelClient client = client(EndpointConfig.of(server.url()))) {
            Exchange exchange = client.post(CHAT, json("{}"), LONG);

            assertThat(exchange.body()).isEqualTo(OK);
            assertThat(exchange.attempts())
                    .containsExactly(new Attempt(
                            200, "the body of " + body.length() + " bytes (text/html) is no complete JSON value"));
        }
    }

    @Test
    void a_200_that_never_holds_json_is_no_success() throws IOException {
        try (RawServer server = RawServer.playing(
                        sends("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\n{\"choices\":[]}"));
                ModelClient client = client(EndpointConfig.of(server.url()))) {
            Exchange exchange = client.post(CHAT, json("{}"), LONG);

            assertThat(exchange.succeeded()).isFalse();
            assertThat(exchange.status()).isZero();
            assertThat(exchange.body()).isEmpty();
            assertThat(exchange.attempts()).hasSize(3).allMatch(attempt -> attempt.status() == 200);
        }
    }

    @Test
    void leaves_an_event_stream_as_it_is() throws IOException {
        String events = "data: {}\n\ndata: [DONE]\n\n";
        try (RawServer server = RawServer.playing(answers(200, events, "Content-Type: text/event-stream"));
                ModelClient client = client(EndpointConfig.of(server.url()))) {
            assertThat(client.post(CHAT, json("{\"stream\":true}"), LONG).body())
                    .isEqualTo(events);
        }
    }

    @Test
    void waits_as_long_as_a_busy_server_asks() throws IOException {
        try (RawServer server = RawServer.playing(
                        answers(429, "{\"error\":{\"message\":\"slow down\"}}", "Retry-After: 7"),
                        answers(503, "", "Retry-After: Thu, 01 Jan 2026 00:00:20 GMT"),
                        answers(200, OK));
                ModelClient client = client(EndpointConfig.of(server.url()))) {
            Exchange exchange = client.post(CHAT, json("{}"), LONG);

            assertThat(exchange.status()).isEqualTo(200);
            assertThat(exchange.attempts())
                    .containsExactly(
                            new Attempt(429, "the server answered 429: slow down"),
                            new Attempt(503, "the server answered 503"));
            assertThat(time.waits()).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(20));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 502, 503, 504})
    void gives_up_on_infrastructure_after_the_endpoints_retries(int status) throws IOException {
        try (RawServer server = RawServer.playing(answers(status, "busy"));
                ModelClient client = client(config(server.url(), 4))) {
            Exchange exchange = client.post(CHAT, json("{}"), LONG);

            assertThat(exchange.status()).isEqualTo(status);
            assertThat(exchange.body()).isEqualTo("busy");
            assertThat(exchange.attempts()).hasSize(5);
            assertThat(server.requests()).hasSize(5);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 422, 500, 501})
    void asks_a_refused_question_three_times_whatever_the_retries(int status) throws IOException {
        try (RawServer server = RawServer.playing(answers(status, "{\"detail\":\"no\"}"));
                ModelClient client = client(config(server.url(), 0))) {
            Exchange exchange = client.post(CHAT, json("{}"), LONG);

            assertThat(exchange.status()).isEqualTo(status);
            assertThat(exchange.body()).isEqualTo("{\"detail\":\"no\"}");
            Attempt refused = new Attempt(status, "the server answered " + status + ": no");
            assertThat(exchange.attempts()).containsExactly(refused, refused, refused);
            assertThat(server.requests()).hasSize(3);
            assertThat(time.waits()).hasSize(status == 400 || status == 422 ? 0 : 2);
        }
    }

    @Test
    void counts_refusals_and_failures_apart() throws IOException {
        try (RawServer server = RawServer.playing(
                        answers(500, ""), answers(503, ""), answers(500, ""), answers(503, ""), answers(500, ""));
                ModelClient client = client(EndpointConfig.of(server.url()))) {
            assertThat(client.post(CHAT, json("{}"), LONG).attempts())
                    .extracting(Attempt::status)
                    .containsExactly(500, 503, 500, 503, 500);
        }
    }

    @Test
    void does_not_follow_redirects() throws IOException {
        try (RawServer server = RawServer.playing(answers(307, "", "Location: http://127.0.0.1:1/"));
                ModelClient client = client(EndpointConfig.of(server.url()))) {
            Exchange exchange = client.post(CHAT, json("{}"), LONG);

            assertThat(exchange.attempts()).containsExactly(new Attempt(307, "the server answered 307"));
            assertThat(exchange.succeeded()).isFalse();
        }
    }

    @Test
    void a_body_that_stalls_ends_at_the_deadline() throws Exception {
        try (RawServer server =
                        RawServer.playing(stallsAfter("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"choi"));
                ModelClient client = client(config(server.url(), 0))) {
            Exchange exchange = client.post(CHAT, json("{}"), SHORT);

            assertThat(exchange.status()).isZero();
            assertThat(exchange.attempts())
                    .containsExactly(new Attempt(0, "the answer began but was not complete after 1000 ms"));
            assertThat(exchange.timing().firstByteMicros())
                    .isBetween(exchange.timing().sentMicros(), exchange.timing().doneMicros());
            assertThat(exchange.timing().doneMicros()).isGreaterThanOrEqualTo(1_000_000);
            assertThat(server.clientHungUp()).isTrue();
        }
    }

    @Test
    void a_first_byte_that_does_not_come_ends_at_the_deadline() throws Exception {
        try (RawServer server = RawServer.playing(stallsAfter(""), answers(200, OK));
                ModelClient client = client(EndpointConfig.of(server.url()))) {
            Exchange exchange = client.post(CHAT, json("{}"), SHORT);

            assertThat(exchange.status()).isEqualTo(200);
            assertThat(exchange.attempts()).containsExactly(new Attempt(0, "no answer within 1000 ms"));
            assertThat(server.clientHungUp()).isTrue();
        }
    }

    @Test
    void a_server_that_is_away_is_recorded_not_thrown() throws IOException {
        URI away;
        try (RawServer server = RawServer.playing(hangsUp())) {
            away = server.url();
        }
        try (ModelClient client = client(config(away, 1))) {
            Exchange exchange = client.post(CHAT, json("{}"), LONG);

            assertThat(exchange.status()).isZero();
            assertThat(exchange.timing().firstByteMicros()).isEqualTo(-1);
            assertThat(exchange.attempts())
                    .hasSize(2)
                    .allSatisfy(attempt -> assertThat(attempt.error()).startsWith("no connection"));
        }
    }

    @Test
    void puts_the_first_byte_between_sent_and_done() throws IOException {
        try (RawServer server = RawServer.playing(answers(200, OK));
                ModelClient client = client(EndpointConfig.of(server.url()))) {
            Timing timing = client.post(CHAT, json("{}"), LONG).timing();

            assertThat(timing.queued()).isEqualTo(FixedTime.NOW);
            assertThat(timing.sentMicros()).isNotNegative();
            assertThat(timing.firstByteMicros()).isBetween(timing.sentMicros() + 1, timing.doneMicros());
        }
    }

    @Test
    void takes_the_first_status_that_a_get_brings() throws IOException {
        try (RawServer server = RawServer.playing(answers(503, "{\"status\":\"loading\"}"), answers(200, "# metrics"));
                ModelClient client = client(EndpointConfig.of(server.url()))) {
            assertThat(client.get("/health", LONG).attempts())
                    .containsExactly(new Attempt(503, "the server answered 503: {\"status\":\"loading\"}"));
            assertThat(client.get("/metrics", LONG).body()).isEqualTo("# metrics");
            assertThat(server.requests().getLast()).startsWith("GET /metrics HTTP/1.1\r\n");
        }
    }

    @Test
    void asks_a_get_again_after_a_hang_up_in_the_body() throws IOException {
        try (RawServer server = RawServer.playing(
                        sends("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a"), answers(200, OK));
                ModelClient client = client(EndpointConfig.of(server.url()))) {
            Exchange exchange = client.get("/props", LONG);

            assertThat(exchange.body()).isEqualTo(OK);
            assertThat(exchange.attempts()).hasSize(1);
        }
    }

    @Test
    void reads_a_token_file_for_each_request() throws IOException {
        Path file = Files.writeString(directory.resolve("token"), "first-token\n");
        try (RawServer server = RawServer.playing(answers(200, OK));
                ModelClient client = client(config(server.url(), new Credential.TokenFile(file)))) {
            client.post(CHAT, json("{}"), LONG);
            Files.writeString(file, "second-token\n");
            client.post(CHAT, json("{}"), LONG);
            Files.delete(file);
            Exchange without = client.post(CHAT, json("{}"), LONG);

            assertThat(server.requests()).hasSize(2);
            assertThat(server.requests().getFirst()).contains("\r\nAuthorization: Bearer first-token\r\n");
            assertThat(server.requests().getLast()).contains("\r\nAuthorization: Bearer second-token\r\n");
            assertThat(without.attempts())
                    .hasSize(3)
                    .contains(
                            new Attempt(
                                    0,
                                    "token file '" + file
                                            + "' does not exist: the endpoint takes its bearer token from it; create it or correct the path"));
        }
    }

    @Test
    void never_shows_a_secret() throws IOException {
        EndpointConfig config = new EndpointConfig(
                URI.create("http://127.0.0.1:1"),
                new Credential.TokenVariable("MODEL_TOKEN"),
                Map.of("X-Team-Key", new Secret("team-key-77")),
                Optional.empty(),
                Optional.empty(),
                1,
                LONG,
                0);
        RawServer.Script echo = answers(
                403,
                "{\"error\":{\"message\":\"token-4711 with team-key-77 is expired\"}}",
                "Authorization: Bearer token-4711",
                "Set-Cookie: session=team-key-77",
                "X-Request-Id: r-1");
        try (RawServer server = RawServer.playing(echo);
                ModelClient client =
                        ModelClients.open(config.withUrl(server.url()), Map.of("MODEL_TOKEN", "token-4711"), time)) {
            Exchange exchange = client.post(CHAT, json("{}"), LONG);

            assertThat(server.requests().getFirst())
                    .contains("\r\nAuthorization: Bearer token-4711\r\n")
                    .contains("\r\nX-Team-Key: team-key-77\r\n");
            assertThat(exchange.attempts().getFirst().error())
                    .isEqualTo("the server answered 403: *** with *** is expired");
            assertThat(exchange.toString() + client + config).doesNotContain("4711", "team-key-77");
            assertThat(exchange.headers()).containsOnlyKeys("x-request-id");
        }
    }

    @Test
    void records_allowed_headers_only() throws IOException {
        try (RawServer server = RawServer.playing(answers(
                        200,
                        OK,
                        "Content-Type: application/json",
                        "Server: uvicorn",
                        "Date: Thu, 01 Jan 2026 00:00:00 GMT",
                        "X-Served-By: pod-1",
                        "X-Served-By: pod-2",
                        "Set-Cookie: a=b"));
                ModelClient client = client(EndpointConfig.of(server.url()))) {
            assertThat(client.post(CHAT, json("{}"), LONG).headers())
                    .isEqualTo(Map.of(
                            "content-type", "application/json", "server", "uvicorn", "x-served-by", "pod-1, pod-2"));
        }
    }

    @Test
    void an_interrupt_cancels_and_stays_set() throws IOException {
        try (RawServer server = RawServer.playing(answers(200, OK));
                ModelClient client = client(EndpointConfig.of(server.url()))) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> client.post(CHAT, json("{}"), LONG))
                    .isInstanceOf(CancellationException.class)
                    .hasMessage("interrupted while asking " + server.url() + CHAT);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void an_interrupt_while_waiting_for_the_answer_hangs_up() throws Exception {
        try (RawServer server = RawServer.playing(stallsAfter(""));
                ModelClient client = client(EndpointConfig.of(server.url()))) {
            JsonNode body = json("{}");
            CompletableFuture<String> end = new CompletableFuture<>();
            Thread asking = Thread.ofVirtual().start(() -> {
                try {
                    end.complete(client.post(CHAT, body, LONG).toString());
                } catch (CancellationException e) {
                    end.complete(
                            "cancelled, interrupted " + Thread.currentThread().isInterrupted());
                }
            });
            assertThat(server.wasAsked()).isTrue();
            asking.interrupt();

            assertThat(end.get(10, TimeUnit.SECONDS)).isEqualTo("cancelled, interrupted true");
            assertThat(server.clientHungUp()).isTrue();
        }
    }

    private ModelClient client(EndpointConfig config) {
        return ModelClients.open(config, Map.of(), time);
    }

    private static EndpointConfig config(URI url, int retries) {
        return new EndpointConfig(
                url, new Credential.None(), Map.of(), Optional.empty(), Optional.empty(), 1, LONG, retries);
    }

    private static EndpointConfig config(URI url, Credential credential) {
        return new EndpointConfig(url, credential, Map.of(), Optional.empty(), Optional.empty(), 1, LONG, 2);
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
