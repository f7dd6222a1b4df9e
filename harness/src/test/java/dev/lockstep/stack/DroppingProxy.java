package dev.lockstep.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Stands before a server, and drops a field of requests without a word: the answer is HTTP 200 all the same. */
final class DroppingProxy implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpServer server;
    private final URI target;
    private final String dropped;

    DroppingProxy(URI target, String dropped) {
        this.target = target;
        this.dropped = dropped;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::pass);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = without(exchange.getRequestBody().readAllBytes());
            HttpResponse<byte[]> answer = client.send(
                    HttpRequest.newBuilder(
                                    target.resolve(exchange.getRequestURI().toString()))
                            .header("content-type", "application/json")
                            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private byte[] without(byte[] body) throws IOException {
        return JSON.readTree(body) instanceof ObjectNode request
                ? JSON.writeValueAsBytes(request.without(dropped))
                : body;
    }

    @Override
    public void close() {
        server.stop(0);
        client.close();
    }
}
