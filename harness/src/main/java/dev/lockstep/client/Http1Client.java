package dev.lockstep.client;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * LangChain4j's HTTP client over the JDK's, on HTTP/1.1 only.
 *
 * <p>The JDK's default offers {@code h2c}, which several inference servers answer wrongly. The read timeout bounds the whole
 * exchange, streams included, because half an answer must not hang. A GET whose connection closes before any answer is
 * repeated by the JDK itself, unseen; a POST never is.
 */
final class Http1Client implements HttpClient, AutoCloseable {
    private final java.net.http.HttpClient jdk;
    private final Duration readTimeout;
    private final Time time;

    Http1Client(java.net.http.HttpClient jdk, Duration readTimeout, Time time) {
        this.jdk = jdk;
        this.readTimeout = readTimeout;
        this.time = time;
    }

    /** Sends a request and tells what became of it, timing included; throws only when interrupted. */
    Delivery send(java.net.http.HttpRequest request, Duration timeout) throws InterruptedException {
        Stopwatch watch = new Stopwatch(time);
        CompletableFuture<HttpResponse<byte[]>> answer = jdk.sendAsync(request, watch.noting());
        try {
            return new Delivery.Received(answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS), watch.read());
        } catch (java.util.concurrent.TimeoutException e) {
            Elapsed elapsed = watch.read();
            return new Delivery.TimedOut(LossDescription.ofTimeout(timeout, elapsed.firstByteMicros() >= 0), elapsed);
        } catch (ExecutionException e) {
            return lost(e.getCause() == null ? e : e.getCause(), watch.read());
        } finally {
            answer.cancel(true);
        }
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        try {
            return switch (send(JdkRequest.of(request), readTimeout)) {
                case Delivery.Received(var response, var elapsed) -> successful(response);
                case Delivery.TimedOut(var error, var elapsed) -> throw new TimeoutException(error);
                case Delivery.Lost(var error, var cause, var elapsed) -> throw new RuntimeException(error, cause);
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for " + request.url());
        }
    }

    /** Returns at once; the listener hears from a virtual thread. */
    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        var stream = new EventStream(jdk, JdkRequest.of(request), readTimeout, parser, new OneEndListener(listener));
        Thread.ofVirtual().name("lockstep-events").start(stream);
    }

    @Override
    public void close() {
        jdk.shutdownNow();
    }

    private static Delivery lost(Throwable cause, Elapsed elapsed) {
        return new Delivery.Lost(LossDescription.of(cause, elapsed.firstByteMicros() >= 0), cause, elapsed);
    }

    private static SuccessfulHttpResponse successful(HttpResponse<byte[]> response) {
        if (response.statusCode() < 200 || response.statusCode() >= 300) {
            throw new HttpException(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8));
        }
        return SuccessfulHttpResponse.builder()
                .statusCode(response.statusCode())
                .headers(response.headers().map())
                .body(response.body())
                .build();
    }

    /** Notes when the head of an answer comes. */
    private static final class Stopwatch {
        private final Time time;
        private final long start;
        private final AtomicLong firstByte = new AtomicLong(-1);

        Stopwatch(Time time) {
            this.time = time;
            this.start = time.nanos();
        }

        BodyHandler<byte[]> noting() {
            return head -> {
                firstByte.set(micros());
                return BodySubscribers.ofByteArray();
            };
        }

        Elapsed read() {
            return new Elapsed(firstByte.get(), micros());
        }

        private long micros() {
            return TimeUnit.NANOSECONDS.toMicros(time.nanos() - start);
        }
    }
}
