package dev.lockstep.junit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lockstep.testing.Answers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A loopback server that answers a prompt with its last word, unless told otherwise. */
final class ChatDouble implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<String> prompts = new ConcurrentLinkedQueue<>();
    private final AtomicInteger looks = new AtomicInteger();
    private volatile UnaryOperator<String> answers = prompt -> prompt.substring(prompt.lastIndexOf(' ') + 1);
    private volatile boolean overloaded;

    ChatDouble() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/v1/models", this::models);
        server.createContext("/v1/chat/completions", this::chat);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void answer(UnaryOperator<String> other) {
        answers = other;
    }

    /** From now on every question is answered with status 503. */
    void overload() {
        overloaded = true;
    }

    /** Returns the prompts that were asked, in the order of their coming. */
    List<String> prompts() {
        return List.copyOf(prompts);
    }

    /** Returns how often somebody looked at what this server says of itself. */
    int looks() {
        return looks.get();
    }

    void forget() {
        prompts.clear();
        looks.set(0);
    }

    private void models(HttpExchange exchange) throws IOException {
        looks.incrementAndGet();
        send(exchange, 200, "{\"object\":\"list\",\"data\":[{\"id\":\"tiny\",\"object\":\"model\"}]}");
    }

    private void chat(HttpExchange exchange) throws IOException {
        String prompt = MAPPER.readTree(exchange.getRequestBody().readAllBytes())
                .path("messages")
                .path(0)
                .path("content")
                .asText();
        prompts.add(prompt);
        if (overloaded) {
            send(exchange, 503, "{}");
            return;
        }
        send(exchange, 200, Answers.body(answers.apply(prompt), -1));
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
