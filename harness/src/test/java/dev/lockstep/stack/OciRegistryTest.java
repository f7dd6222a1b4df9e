package dev.lockstep.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lockstep.document.Sha256;
import dev.lockstep.lock.ImageReference;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A registry of images on this machine, which holds what it is given by path. */
final class OciRegistryTest {
    private static final String MANIFEST = "{\"schemaVersion\":2}";
    private static final String DIGEST = "sha256:" + Sha256.of(MANIFEST);

    private final Map<String, String> held = new ConcurrentHashMap<>();
    private final List<String> accepted = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private String host;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.createContext("/", this::answer);
        server.start();
        host = "127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void holds_a_manifest_of_the_wanted_digest() {
        held.put("/v2/team/vllm/manifests/" + DIGEST, MANIFEST);

        assertThat(ask("team/vllm", Map.of())).isEqualTo(new OciRegistry.Held());
        assertThat(accepted)
                .containsExactly("application/vnd.oci.image.manifest.v1+json,"
                        + " application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.v2+json,"
                        + " application/vnd.docker.distribution.manifest.list.v2+json");
    }

    @Test
    void has_lost_what_it_does_not_know() {
        assertThat(ask("team/vllm", Map.of()))
                .isEqualTo(new OciRegistry.Gone(
                        "http://" + host + "/v2/team/vllm/manifests/" + DIGEST + ": is not there (HTTP 404)"));
    }

    @Test
    void believes_the_bytes_and_not_the_name() {
        held.put("/v2/team/vllm/manifests/" + DIGEST, "{}");

        assertThat(ask("team/vllm", Map.of()))
                .isEqualTo(new OciRegistry.Gone("http://" + host + "/v2/team/vllm/manifests/" + DIGEST
                        + ": answers with a manifest of another digest, sha256:" + Sha256.of("{}")));
    }

    @Test
    void tells_what_a_tag_stands_for_now() {
        held.put("/v2/team/vllm/manifests/v1", MANIFEST);

        assertThat(tag("v1")).isEqualTo(new OciRegistry.Points(DIGEST));
        assertThat(tag("v2"))
                .isEqualTo(new OciRegistry.Unknown(
                        "http://" + host + "/v2/team/vllm/manifests/v2: is not there (HTTP 404)"));
    }

    private OciRegistry.Tag tag(String tag) {
        return new OciRegistry(Map.of(), Map.of())
                .tag(ImageReference.of(host + "/team/vllm:" + tag).orElseThrow());
    }

    @Test
    void sends_a_token_to_the_host_that_it_is_for() {
        held.put("/v2/private/vllm/manifests/" + DIGEST, MANIFEST);

        assertThat(ask("private/vllm", Map.of())).isInstanceOf(OciRegistry.Silent.class);
        assertThat(ask("private/vllm", Map.of("127.0.0.1", "REGISTRY_TOKEN"))).isEqualTo(new OciRegistry.Held());
        assertThat(ask("private/vllm", Map.of("localhost", "REGISTRY_TOKEN"))).isInstanceOf(OciRegistry.Silent.class);
    }

    @Test
    void tells_nothing_of_a_name_without_a_registry() {
        ImageReference image = ImageReference.of("vllm/vllm-openai@" + DIGEST).orElseThrow();

        assertThat(new OciRegistry(Map.of(), Map.of()).ask(image))
                .isEqualTo(new OciRegistry.Silent("'vllm/vllm-openai' names no registry"));
    }

    @Test
    void tells_nothing_where_nobody_answers() {
        server.stop(0);

        assertThat(ask("team/vllm", Map.of()))
                .isInstanceOfSatisfying(
                        OciRegistry.Silent.class,
                        silent -> assertThat(silent.why()).contains(": gives no manifest ("));
    }

    private OciRegistry.Answer ask(String name, Map<String, String> tokens) {
        ImageReference image =
                ImageReference.of(host + "/" + name + ":v1@" + DIGEST).orElseThrow();
        return new OciRegistry(tokens, Map.of("REGISTRY_TOKEN", "secret")).ask(image);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            accepted.addAll(exchange.getRequestHeaders().getOrDefault("Accept", List.of()));
            boolean isOpen = !path.startsWith("/v2/private/")
                    || "Bearer secret".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            String body = held.get(path);
            byte[] bytes = (body == null ? "{}" : body).getBytes(StandardCharsets.UTF_8);
            int found = body == null ? 404 : 200;
            exchange.sendResponseHeaders(isOpen ? found : 401, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
