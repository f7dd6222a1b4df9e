package dev.lockstep.stack;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lockstep.client.EndpointConfig;
import dev.lockstep.client.ModelClient;
import dev.lockstep.client.ModelClients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** A loopback server that answers as an engine's documentation says; a chat shows nothing, and every other path is 404. */
final class ServerDouble implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, String> bodies = new HashMap<>();
    private final ModelClient client;
    private final int statusOfOtherPaths;

    ServerDouble() {
        this(404);
    }

    private ServerDouble(int statusOfOtherPaths) {
        this.statusOfOtherPaths = statusOfOtherPaths;
        bodies.put("/v1/chat/completions", "{}");
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
        client = ModelClients.open(EndpointConfig.of(url()), Map.of());
    }

    /** Wants a token that nobody gave it. */
    static ServerDouble unauthorised() {
        return new ServerDouble(401);
    }

    static ServerDouble vllm() {
        return new ServerDouble()
                .with("/version", "{\"version\":\"0.32.0\"}")
                .with(
                        "/v1/models",
                        "{\"object\":\"list\",\"data\":[{\"id\":\"tiny\",\"object\":\"model\",\"created\":1795330660,"
                                + "\"owned_by\":\"vllm\",\"root\":\"/models/tiny\",\"parent\":null,\"max_model_len\":4096,"
                                + "\"permission\":[{\"id\":\"modelperm-1\"}]}]}")
                .with(
                        "/tokenizer_info",
                        "{\"tokenizer_class\":\"Qwen2Tokenizer\",\"chat_template\":\"{{ messages }}\"}");
    }

    static ServerDouble ollama() {
        String blob = "a".repeat(64);
        return new ServerDouble()
                .with("/", "Ollama is running")
                .with("/api/version", "{\"version\":\"0.17.4\"}")
                .with(
                        "/v1/models",
                        "{\"object\":\"list\",\"data\":[{\"id\":\"tiny:latest\",\"owned_by\":\"library\"}]}")
                .with(
                        "/api/tags",
                        "{\"models\":[{\"name\":\"tiny:latest\",\"digest\":\"beef\",\"size\":1,\"details\":{\"family\":"
                                + "\"qwen3\",\"parameter_size\":\"2M\",\"quantization_level\":\"F16\"}}]}")
                .with(
                        "/api/show",
                        "{\"modelfile\":\"# Modelfile\\nFROM /models/blobs/sha256-" + blob
                                + "\\nTEMPLATE x\\n\",\"parameters\":\"temperature 0.6\",\"template\":\"{{ .Prompt }}\"}");
    }

    /** SGLang imitates Ollama's lists and has its own identity elsewhere. */
    static ServerDouble sglang() {
        return new ServerDouble()
                .with("/api/tags", "{\"models\":[{\"name\":\"tiny\",\"digest\":\"made-up\"}]}")
                .with("/api/show", "{\"template\":\"made-up\"}")
                .with("/model_info", "{\"model_path\":\"/models/tiny\"}")
                .with("/v1/models", "{\"data\":[{\"id\":\"tiny\",\"owned_by\":\"sglang\"}]}");
    }

    static ServerDouble generic() {
        return new ServerDouble()
                .with("/v1/models", "{\"object\":\"list\",\"data\":[{\"id\":\"tiny\",\"object\":\"model\"}]}");
    }

    ServerDouble with(String path, String body) {
        bodies.put(path, body);
        return this;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    LiveEndpoint endpoint() {
        return LiveEndpoint.of(url(), client, Clock.systemUTC());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            String body = bodies.get(exchange.getRequestURI().getPath());
            byte[] bytes = (body == null ? "{}" : body).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(body == null ? statusOfOtherPaths : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        client.close();
        server.stop(0);
    }
}
