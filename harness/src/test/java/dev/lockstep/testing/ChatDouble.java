package dev.lockstep.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A loopback server that answers a prompt with its last word, unless told otherwise; as llama.cpp, it renders every prompt alike. */
public final class ChatDouble implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Reply MODELS =
            new Reply(200, "{\"object\":\"list\",\"data\":[{\"id\":\"tiny\",\"object\":\"model\"}]}");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<String> prompts = new ConcurrentLinkedQueue<>();
    private final AtomicInteger looks = new AtomicInteger();
    private final Map<String, Runnable> before = new ConcurrentHashMap<>();
    private volatile BiFunction<String, Long, Reply> replies = (prompt, seed) -> Reply.saying(lastWord(prompt));
    private volatile Reply models = MODELS;
    private volatile String marker = "start-1";
    private volatile String rendered = "Hello";

    public ChatDouble() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** What is sent back. */
    public record Reply(int status, String body) {

        public static Reply saying(String text) {
            return new Reply(200, Answers.body(text, -1));
        }

        public static Reply overloaded() {
            return new Reply(503, "{}");
        }

        public static Reply refused() {
            return new Reply(400, "{\"error\":{}}");
        }
    }

    public static String lastWord(String prompt) {
        return prompt.substring(prompt.lastIndexOf(' ') + 1);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    public void answer(UnaryOperator<String> answers) {
        reply(prompt -> Reply.saying(answers.apply(prompt)));
    }

    public void reply(Function<String, Reply> other) {
        replies = (prompt, seed) -> other.apply(prompt);
    }

    /** From now on an answer depends on prompt and seed, as of a server that samples. */
    public void sample(BiFunction<String, Long, String> answers) {
        replies = (prompt, seed) -> Reply.saying(answers.apply(prompt, seed));
    }

    /** From now on every question is answered with status 503. */
    public void overload() {
        reply(prompt -> Reply.overloaded());
    }

    /** From now on nobody may look at what this server says of itself. */
    public void forbidLooks() {
        models = new Reply(401, "{}");
    }

    /** From now on it says, as llama.cpp does by its media marker, that this is another start. */
    public void restart(String start) {
        marker = start;
    }

    /** From now on it renders every prompt like this, as after an exchange of the template in the running server. */
    public void render(String prompt) {
        rendered = prompt;
    }

    /** Does something whenever a path is asked, before it is answered. */
    public void before(String path, Runnable action) {
        before.put(path, action);
    }

    /** Returns the prompts that were asked, in the order of their coming. */
    public List<String> prompts() {
        return List.copyOf(prompts);
    }

    public int timesAsked(String prompt) {
        return Collections.frequency(prompts(), prompt);
    }

    /** Returns how often somebody looked at what this server says of itself. */
    public int looks() {
        return looks.get();
    }

    public void forget() {
        prompts.clear();
        looks.set(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (isLook(request)) {
            send(exchange, new Reply(200, "{}"));
            return;
        }
        before.getOrDefault(path, () -> {}).run();
        send(
                exchange,
                switch (path) {
                    case "/v1/models" -> models();
                    case "/v1/chat/completions" -> chat(request);
                    case "/props" -> new Reply(200, "{\"media_marker\":\"" + marker + "\"}");
                    case "/lora-adapters" -> new Reply(200, "[]");
                    case "/apply-template" -> new Reply(200, "{\"prompt\":\"" + rendered + "\"}");
                    case "/tokenize" -> new Reply(200, "{\"tokens\":[3,1,4]}");
                    case "/completion" -> new Reply(200, "{\"generation_settings\":{\"top_k\":20}}");
                    default -> new Reply(404, "{}");
                });
    }

    /** Verifying looks at log-probabilities; only its answers are that long, and they show nothing here. */
    private static boolean isLook(String request) throws IOException {
        return MAPPER.readTree(request).path("max_tokens").asInt() == 16;
    }

    private Reply models() {
        looks.incrementAndGet();
        return models;
    }

    private Reply chat(String request) throws IOException {
        JsonNode asked = MAPPER.readTree(request);
        String prompt = asked.path("messages").path(0).path("content").asText();
        prompts.add(prompt);
        return replies.apply(prompt, asked.path("seed").asLong());
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        try (exchange) {
            byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
