package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lockstep.lock.Mirror;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A hub on this machine that lists files in pages, as the tree API does. */
final class ModelTreesTest {
    private static final String TREE = "/api/models/tiny/vl/tree/main";

    private final List<String> asked = new ArrayList<>();
    private HttpServer hub;

    @BeforeEach
    void start() throws IOException {
        hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        hub.createContext("/", this::answer);
        hub.start();
    }

    @AfterEach
    void stop() {
        hub.stop(0);
    }

    @Test
    void reads_all_pages_of_a_list() {
        assertThat(read(TREE))
                .isInstanceOfSatisfying(
                        ModelTree.Known.class,
                        known -> assertThat(known.tree().files()).containsOnlyKeys("config.json", "model.safetensors"));
        assertThat(asked).containsExactly(TREE + "?recursive=true -", TREE + "?recursive=true&cursor=2 -");
    }

    @Test
    void sends_a_token_to_its_host_alone() {
        ModelTrees trees = new ModelTrees(Map.of("127.0.0.1", "HUB_TOKEN"), Map.of("HUB_TOKEN", "secret"));
        trees.read(url(TREE + "?recursive=1"));
        new ModelTrees(Map.of("hub.example", "HUB_TOKEN"), Map.of("HUB_TOKEN", "secret")).read(url("/gone"));

        assertThat(asked)
                .containsExactly(
                        TREE + "?recursive=1 Bearer secret",
                        TREE + "?recursive=true&cursor=2 Bearer secret",
                        "/gone?recursive=true -");
    }

    @Test
    void tells_a_missing_revision_from_a_hub_that_refuses() {
        assertThat(read("/gone"))
                .isEqualTo(new ModelTree.Gone(url("/gone?recursive=true") + ": has no such revision (HTTP 404)"));
        assertThat(read("/gated"))
                .isInstanceOfSatisfying(
                        ModelTree.Silent.class,
                        silent -> assertThat(silent.why())
                                .startsWith(url("/gated?recursive=true") + ": gives no list (")
                                .contains("401"));
    }

    @Test
    void tells_a_hub_that_is_not_there() {
        String url = url(TREE);
        hub.stop(0);

        Mirror mirror = ModelTree.compare(new ModelTree.Gone("gone"), new ModelTrees(Map.of(), Map.of()).read(url));

        assertThat(mirror.state()).isEqualTo(Mirror.State.MISSING_REVISION);
        assertThat(ModelTree.compare(new ModelTrees(Map.of(), Map.of()).read(url), new ModelTree.Gone("gone"))
                        .state())
                .isEqualTo(Mirror.State.UNREACHABLE);
    }

    @Test
    void refuses_a_list_that_goes_on_elsewhere_and_an_answer_that_is_none() {
        assertThatThrownBy(() -> read("/elsewhere"))
                .hasMessage(url("") + ": its list goes on at another host, https://other.example/x?y=1;"
                        + " save all of it to a file");
        assertThatThrownBy(() -> read("/page"))
                .hasMessage(url("/page?recursive=true")
                        + ": answers with no list of files; expected that of /api/models/{repo}/tree/{revision}");
        assertThatThrownBy(() -> new ModelTrees(Map.of(), Map.of()).read("https://user:word@hub/x"))
                .hasMessage("'https://user:word@hub/x' is no address of a hub;"
                        + " expected https://host/api/models/{repo}/tree/{revision}");
    }

    private ModelTree read(String path) {
        return new ModelTrees(Map.of(), Map.of()).read(url(path));
    }

    private String url(String path) {
        return "http://127.0.0.1:" + hub.getAddress().getPort() + path;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String target = exchange.getRequestURI().toString();
        String token = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .orElse("-");
        asked.add(target + " " + token);
        String path = exchange.getRequestURI().getPath();
        boolean isLast = target.contains("cursor=2");
        if (path.equals(TREE) && !isLast) {
            exchange.getResponseHeaders().add("Link", "<" + url(TREE) + "?recursive=true&cursor=2>; rel=\"next\"");
        }
        if (path.equals("/elsewhere")) {
            exchange.getResponseHeaders().add("Link", "<https://other.example/x?y=1>; rel=\"next\"");
        }
        byte[] body = body(path, isLast).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status(path), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static int status(String path) {
        return switch (path) {
            case "/gone" -> 404;
            case "/gated" -> 401;
            default -> 200;
        };
    }

    private static String body(String path, boolean isLast) {
        return switch (path) {
            case "/page" -> "<html>";
            case "/elsewhere" -> "[]";
            default ->
                isLast
                        ? "[{\"path\":\"model.safetensors\",\"size\":1,\"oid\":\"1\"}]"
                        : "[{\"path\":\"config.json\",\"size\":1,\"oid\":\"1\"}]";
        };
    }
}
