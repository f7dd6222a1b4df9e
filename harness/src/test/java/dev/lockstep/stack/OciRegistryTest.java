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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A registry of images on this machine, which holds what it is given by path. */
final class OciRegistryTest {
    private static final String LAYER = digest("layer");
    private static final String OTHER_LAYER = digest("other layer");
    private static final String CONFIGURATION = digest("configuration");
    private static final String MANIFEST = manifest(LAYER, OTHER_LAYER);
    private static final String DIGEST = digest(MANIFEST);

    private final Map<String, String> held = new ConcurrentHashMap<>();
    private final Set<String> redirected = ConcurrentHashMap.newKeySet();
    private final List<String> asked = new CopyOnWriteArrayList<>();
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
    void holds_an_image_with_all_blobs_that_its_manifest_names() {
        hold("team/vllm", MANIFEST, CONFIGURATION, LAYER, OTHER_LAYER);

        assertThat(ask("team/vllm", Map.of())).isEqualTo(new OciRegistry.Held(3));
        assertThat(asked)
                .containsExactly(
                        "GET /v2/team/vllm/manifests/" + DIGEST,
                        "HEAD /v2/team/vllm/blobs/" + CONFIGURATION,
                        "HEAD /v2/team/vllm/blobs/" + LAYER,
                        "HEAD /v2/team/vllm/blobs/" + OTHER_LAYER);
        assertThat(accepted)
                .contains("application/vnd.oci.image.manifest.v1+json,"
                        + " application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.v2+json,"
                        + " application/vnd.docker.distribution.manifest.list.v2+json");
    }

    @Test
    void has_lost_an_image_of_which_a_layer_is_gone() {
        hold("team/vllm", MANIFEST, CONFIGURATION, OTHER_LAYER);

        assertThat(ask("team/vllm", Map.of()))
                .isEqualTo(new OciRegistry.Gone(
                        "http://" + host + "/v2/team/vllm/blobs/" + LAYER + ": is not there (HTTP 404)"));
    }

    @Test
    void names_the_first_of_many_blobs_that_are_gone() {
        String manifest = manifest(LAYER, OTHER_LAYER, digest("third"));
        hold("team/vllm", manifest);

        assertThat(ask("team/vllm", digest(manifest), Optional.empty()))
                .isEqualTo(new OciRegistry.Gone(
                        gone(CONFIGURATION) + "; " + gone(LAYER) + "; " + gone(OTHER_LAYER) + "; and 1 more"));
    }

    @Test
    void believes_a_redirect_to_where_a_blob_lies() {
        hold("team/vllm", MANIFEST, CONFIGURATION, LAYER);
        redirected.add("/v2/team/vllm/blobs/" + OTHER_LAYER);

        assertThat(ask("team/vllm", Map.of())).isEqualTo(new OciRegistry.Held(3));
    }

    @Test
    void looks_in_an_index_for_the_image_of_the_locked_machine() {
        String arm = manifest(digest("arm layer"));
        String index = index(image("amd64", MANIFEST), image("arm64", arm), image("unknown", "attestation"));
        hold("team/vllm", index);
        hold("team/vllm", MANIFEST, CONFIGURATION, LAYER, OTHER_LAYER);

        assertThat(ask("team/vllm", digest(index), Optional.of("x86_64"))).isEqualTo(new OciRegistry.Held(3));
        assertThat(ask("team/vllm", digest(index), Optional.of("aarch64")))
                .isEqualTo(new OciRegistry.Gone(
                        "http://" + host + "/v2/team/vllm/manifests/" + digest(arm) + ": is not there (HTTP 404)"));
        assertThat(ask("team/vllm", digest(index), Optional.of("riscv64")))
                .isEqualTo(new OciRegistry.Gone("http://" + host + "/v2/team/vllm/manifests/" + digest(index)
                        + ": has no image for linux/riscv64"));
    }

    @Test
    void cannot_tell_of_half_an_index_when_no_machine_is_locked() {
        String arm = manifest(digest("arm layer"));
        String index = index(image("amd64", MANIFEST), image("arm64", arm));
        hold("team/vllm", index);
        hold("team/vllm", MANIFEST, CONFIGURATION, LAYER, OTHER_LAYER);

        assertThat(ask("team/vllm", digest(index), Optional.empty()))
                .isEqualTo(
                        new OciRegistry.Silent(
                                "http://" + host + "/v2/team/vllm/manifests/" + digest(arm)
                                        + ": is not there (HTTP 404); no hardware is locked that says whether that platform is served"));
    }

    @Test
    void tells_nothing_of_what_is_no_image() {
        hold("team/vllm", "{\"schemaVersion\":2}");

        String digest = digest("{\"schemaVersion\":2}");
        assertThat(ask("team/vllm", digest, Optional.empty()))
                .isEqualTo(new OciRegistry.Silent("http://" + host + "/v2/team/vllm/manifests/" + digest
                        + ": is neither the manifest of an image nor a list of such"));
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
    void sends_a_token_to_the_host_that_it_is_for() {
        hold("private/vllm", MANIFEST, CONFIGURATION, LAYER, OTHER_LAYER);

        assertThat(ask("private/vllm", Map.of())).isInstanceOf(OciRegistry.Silent.class);
        assertThat(ask("private/vllm", Map.of("127.0.0.1", "REGISTRY_TOKEN"))).isEqualTo(new OciRegistry.Held(3));
        assertThat(ask("private/vllm", Map.of("localhost", "REGISTRY_TOKEN"))).isInstanceOf(OciRegistry.Silent.class);
    }

    @Test
    void tells_nothing_of_a_name_without_a_registry() {
        ImageReference image = ImageReference.of("vllm/vllm-openai@" + DIGEST).orElseThrow();

        assertThat(new OciRegistry(Map.of(), Map.of(), Optional.empty()).ask(image))
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
        return ask(name, DIGEST, new OciRegistry(tokens, Map.of("REGISTRY_TOKEN", "secret"), Optional.of("amd64")));
    }

    private OciRegistry.Answer ask(String name, String digest, Optional<String> architecture) {
        return ask(name, digest, new OciRegistry(Map.of(), Map.of(), architecture));
    }

    private OciRegistry.Answer ask(String name, String digest, OciRegistry registry) {
        return registry.ask(
                ImageReference.of(host + "/" + name + ":v1@" + digest).orElseThrow());
    }

    private String gone(String blob) {
        return "http://" + host + "/v2/team/vllm/blobs/" + blob + ": is not there (HTTP 404)";
    }

    private void hold(String name, String manifest, String... blobs) {
        held.put("/v2/" + name + "/manifests/" + digest(manifest), manifest);
        for (String blob : blobs) {
            held.put("/v2/" + name + "/blobs/" + blob, "bytes");
        }
    }

    private static String manifest(String... layers) {
        return "{\"schemaVersion\":2,\"config\":{\"digest\":\"" + CONFIGURATION + "\"},\"layers\":["
                + Stream.of(layers)
                        .map(layer -> "{\"digest\":\"" + layer + "\"}")
                        .collect(Collectors.joining(","))
                + "]}";
    }

    private static String index(String... images) {
        return "{\"schemaVersion\":2,\"manifests\":[" + String.join(",", images) + "]}";
    }

    private static String image(String architecture, String manifest) {
        String system = architecture.equals("unknown") ? "unknown" : "linux";
        return "{\"digest\":\"" + digest(manifest) + "\",\"platform\":{\"architecture\":\"" + architecture
                + "\",\"os\":\"" + system + "\"}}";
    }

    private static String digest(String content) {
        return "sha256:" + Sha256.of(content);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            asked.add(exchange.getRequestMethod() + " " + path);
            accepted.addAll(exchange.getRequestHeaders().getOrDefault("Accept", List.of()));
            boolean isOpen = !path.startsWith("/v2/private/")
                    || "Bearer secret".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] bytes = held.getOrDefault(path, "{}").getBytes(StandardCharsets.UTF_8);
            boolean isHead = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(isOpen ? status(path) : 401, isHead ? -1 : bytes.length);
            if (!isHead) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    private int status(String path) {
        if (redirected.contains(path)) {
            return 307;
        }
        return held.containsKey(path) ? 200 : 404;
    }
}
