package dev.lockstep.client;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** One streamed exchange: its events reach the listener as they come, and its end does, in time, whatever happens. */
record EventStream(
        HttpClient jdk,
        HttpRequest request,
        Duration timeout,
        ServerSentEventParser parser,
        ServerSentEventListener listener)
        implements Runnable {

    @Override
    public void run() {
        long deadline = System.nanoTime() + timeout.toNanos();
        CompletableFuture<HttpResponse<InputStream>> answer = jdk.sendAsync(request, BodyHandlers.ofInputStream());
        try {
            read(answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS), deadline);
        } catch (java.util.concurrent.TimeoutException e) {
            listener.onError(new TimeoutException(LossDescription.ofTimeout(timeout, false), e));
        } catch (ExecutionException e) {
            listener.onError(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            listener.onError(e);
        } catch (IOException | RuntimeException e) {
            listener.onError(e);
        } finally {
            answer.cancel(true);
        }
    }

    private void read(HttpResponse<InputStream> response, long deadline) throws IOException {
        CompletableFuture<Void> alarm = alarm(response, deadline);
        try (InputStream body = response.body()) {
            if (response.statusCode() < 200 || response.statusCode() >= 300) {
                throw new HttpException(response.statusCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
            listener.onOpen(head(response));
            parser.parse(body, listener);
            listener.onClose();
        } finally {
            alarm.cancel(false);
        }
    }

    private CompletableFuture<Void> alarm(HttpResponse<InputStream> response, long deadline) {
        Executor later = CompletableFuture.delayedExecutor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        return CompletableFuture.runAsync(() -> stop(response.body()), later);
    }

    private static SuccessfulHttpResponse head(HttpResponse<InputStream> response) {
        return SuccessfulHttpResponse.builder()
                .statusCode(response.statusCode())
                .headers(response.headers().map())
                .build();
    }

    private void stop(InputStream body) {
        listener.onError(new TimeoutException(LossDescription.ofTimeout(timeout, true)));
        try {
            body.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
