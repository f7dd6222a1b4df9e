package dev.lockstep.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EvidenceSourceTest {
    @TempDir
    Path folder;

    private HttpServer server;
    private String root;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.createContext("/", EvidenceSourceTest::answer);
        server.start();
        root = "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void reads_a_file_or_what_lies_behind_a_url() throws IOException {
        Path file = Files.writeString(folder.resolve("e.json"), "x");

        assertThat(EvidenceSource.text(file.toString())).isEqualTo("x");
        assertThat(EvidenceSource.text(root + "/here?replica=1")).isEqualTo("/here?replica=1");
    }

    @Test
    void says_why_a_place_gives_nothing() {
        assertThatThrownBy(() -> EvidenceSource.text(root + "/gone"))
                .hasMessageStartingWith(root + "/gone: gives no evidence (")
                .hasMessageEndingWith("; look after its server");
        assertThatThrownBy(() -> EvidenceSource.text("http://:1/e.json"))
                .hasMessage("http://:1/e.json: names no host; write https://host/path");
        assertThatThrownBy(() -> EvidenceSource.text("https://ho st/"))
                .hasMessage("https://ho st/: is no URL; write https://host/path");
        assertThatThrownBy(() -> EvidenceSource.text(folder.toString()))
                .hasMessage(folder + ": cannot be read: it is no regular file");
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String place = exchange.getRequestURI().toString();
            byte[] body = place.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(place.startsWith("/here") ? 200 : 404, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
