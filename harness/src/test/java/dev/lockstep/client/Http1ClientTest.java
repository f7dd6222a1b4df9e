package dev.lockstep.client;

import static dev.lockstep.client.RawServer.answers;
import static dev.lockstep.client.RawServer.hangsUp;
import static dev.lockstep.client.RawServer.sends;
import static dev.lockstep.client.RawServer.stallsAfter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class Http1ClientTest {
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String STREAM =
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: text/event-stream\r\n\r\n";

    @Test
    void keeps_status_headers_and_body() throws IOException {
        try (RawServer server = RawServer.playing(answers(201, "made ü", "X-Other: a", "X-Other: b"))) {
            SuccessfulHttpResponse response = client(server.url(), LONG).execute(post(server));

            assertThat(response.statusCode()).isEqualTo(201);
            assertThat(response.headers()).containsEntry("x-other", List.of("a", "b"));
            assertThat(response.body()).isEqualTo("made ü");
            assertThat(server.requests().getFirst())
                    .startsWith("POST /v1/x HTTP/1.1\r\n")
                    .endsWith("\r\n\r\n{\"a\":1}")
                    .contains("\r\nX-Mine: 1\r\n")
                    .doesNotContainIgnoringCase("upgrade")
                    .doesNotContainIgnoringCase("http2-settings");
        }
    }

    @Test
    void throws_langchain4js_exceptions() throws IOException {
        try (RawServer server = RawServer.playing(answers(418, "teapot"), stallsAfter(""), hangsUp())) {
            HttpClient client = client(server.url());

            assertThatThrownBy(() -> client.execute(post(server)))
                    .hasMessage("teapot")
                    .asInstanceOf(type(HttpException.class))
                    .satisfies(error -> assertThat(error.statusCode()).isEqualTo(418));
            assertThatThrownBy(() -> client.execute(post(server)))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessage("no answer within 1000 ms");
            assertThatThrownBy(() -> client.execute(post(server)))
                    .isExactlyInstanceOf(RuntimeException.class)
                    .hasMessage("the connection closed before an answer came: "
                            + "HTTP/1.1 header parser received no bytes")
                    .hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void sends_no_forms() {
        HttpRequest form = HttpRequest.builder()
                .method(HttpMethod.POST)
                .url("http://127.0.0.1:1")
                .addFormDataField("a", "b")
                .build();

        assertThatThrownBy(() -> client(URI.create("http://127.0.0.1:1")).execute(form))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessage("multipart forms are not sent by this client; send JSON");
    }

    @Test
    void takes_the_timeouts_it_is_given() {
        var builder = Http1ClientBuilder.of(EndpointConfig.of(URI.create("http://127.0.0.1:1")));

        assertThat(builder.connectTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(builder.readTimeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(builder.connectTimeout(SHORT).readTimeout(SHORT).connectTimeout())
                .isEqualTo(SHORT);
        assertThat(builder.readTimeout()).isEqualTo(SHORT);
    }

    @Test
    void delivers_events_as_they_come() throws Exception {
        CountDownLatch firstHeard = new CountDownLatch(1);
        RawServer.Script script = (out, clientGone) -> {
            sends(STREAM + "event: a\ndata: one\n\n").play(out, clientGone);
            await(firstHeard);
            sends("data: two\n\n").play(out, clientGone);
        };
        try (RawServer server = RawServer.playing(script)) {
            Listener listener = new Listener();
            client(server.url(), LONG).execute(post(server), listener);

            assertThat(listener.next()).isEqualTo("open 200");
            assertThat(listener.next()).isEqualTo("a one");
            firstHeard.countDown();
            assertThat(listener.next()).isEqualTo("null two");
            assertThat(listener.next()).isEqualTo("close");
        }
    }

    @Test
    void a_stream_that_stalls_ends_with_a_timeout() throws Exception {
        try (RawServer server = RawServer.playing(stallsAfter(STREAM + "data: one\n\ndata: tw"))) {
            Listener listener = new Listener();
            client(server.url()).execute(post(server), listener);

            assertThat(listener.next()).isEqualTo("open 200");
            assertThat(listener.next()).isEqualTo("null one");
            assertThat(listener.next())
                    .isEqualTo("TimeoutException: the answer began but was not complete after 1000 ms");
            assertThat(server.clientHungUp()).isTrue();
            assertThat(listener.heard).isEmpty();
        }
    }

    @Test
    void a_stream_that_breaks_off_ends_with_an_error_and_is_not_closed() throws Exception {
        String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        try (RawServer server = RawServer.playing(sends(chunked + "b\r\ndata: one\n\n\r\n"))) {
            Listener listener = new Listener();
            client(server.url(), LONG).execute(post(server), listener);

            assertThat(listener.next()).isEqualTo("open 200");
            assertThat(listener.next()).isEqualTo("null one");
            assertThat(listener.next()).startsWith("IOException: ");
            assertThat(listener.heard).isEmpty();
        }
    }

    @Test
    void a_stream_that_never_begins_ends_with_an_error() throws Exception {
        try (RawServer server = RawServer.playing(answers(429, "busy"), stallsAfter(""), hangsUp())) {
            HttpClient client = client(server.url());
            Listener listener = new Listener();

            client.execute(post(server), listener);
            assertThat(listener.next()).isEqualTo("HttpException: busy");
            client.execute(post(server), listener);
            assertThat(listener.next()).isEqualTo("TimeoutException: no answer within 1000 ms");
            client.execute(post(server), listener);
            assertThat(listener.next()).isEqualTo("IOException: HTTP/1.1 header parser received no bytes");
        }
    }

    private static HttpClient client(URI url) {
        return client(url, SHORT);
    }

    private static HttpClient client(URI url, Duration timeout) {
        return Http1ClientBuilder.of(EndpointConfig.of(url))
                .readTimeout(timeout)
                .build();
    }

    private static HttpRequest post(RawServer server) {
        return HttpRequest.builder()
                .method(HttpMethod.POST)
                .url(server.url() + "/v1/x")
                .addHeaders(Map.of("X-Mine", "1"))
                .body("{\"a\":1}")
                .build();
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new IOException("the first event was not heard before the second was sent");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Notes what it hears, in order. */
    private static final class Listener implements ServerSentEventListener {
        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

        String next() throws InterruptedException {
            return String.valueOf(heard.poll(10, TimeUnit.SECONDS));
        }

        @Override
        public void onOpen(SuccessfulHttpResponse response) {
            heard.add("open " + response.statusCode());
        }

        @Override
        public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
            heard.add(event.event() + " " + event.data());
        }

        @Override
        public void onError(Throwable error) {
            heard.add(error.getClass().getSimpleName() + ": " + error.getMessage());
        }

        @Override
        public void onClose() {
            heard.add("close");
        }
    }
}
