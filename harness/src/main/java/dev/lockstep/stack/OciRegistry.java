package dev.lockstep.stack;

import dev.lockstep.client.Credential;
import dev.lockstep.client.EndpointConfig;
import dev.lockstep.client.Exchange;
import dev.lockstep.client.ModelClient;
import dev.lockstep.client.ModelClients;
import dev.lockstep.client.Secret;
import dev.lockstep.document.Sha256;
import dev.lockstep.lock.ImageReference;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Registries of container images, asked for a manifest by its digest.
 *
 * <p>After the OCI distribution specification 1.1: {@code GET /v2/<name>/manifests/<digest>}. A registry on this machine is asked by
 * HTTP, any other by HTTPS.
 *
 * @param tokens the environment variable that holds the bearer token of a host; a host that is not named gets none
 * @param environment where the variables are looked up
 */
public record OciRegistry(Map<String, String> tokens, Map<String, String> environment) {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1");
    private static final Pattern HOST = Pattern.compile("localhost(:\\d+)?|[\\w-]+(\\.[\\w-]+)+(:\\d+)?|[\\w.-]+:\\d+");
    private static final String MANIFESTS = "application/vnd.oci.image.manifest.v1+json,"
            + " application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.v2+json,"
            + " application/vnd.docker.distribution.manifest.list.v2+json";
    private static final Set<Integer> GONE = Set.of(404, 410);

    public OciRegistry {
        tokens = Map.copyOf(tokens);
        environment = Map.copyOf(environment);
    }

    /** What a registry has of an image. */
    public sealed interface Answer {}

    /** The manifest of this digest. */
    public record Held() implements Answer {}

    /** Nothing, or something else under this digest. */
    public record Gone(String why) implements Answer {}

    /** Nobody can tell. */
    public record Silent(String why) implements Answer {}

    /** What a tag stands for. */
    public sealed interface Tag {}

    /** The manifest of a digest. */
    public record Points(String digest) implements Tag {}

    /** Nothing any more. */
    public record Unknown(String why) implements Tag {}

    /** Nobody can tell what. */
    public record Untold(String why) implements Tag {}

    /** Asks the registry that an image's name begins with what its tag stands for now. */
    public Tag tag(ImageReference image) {
        Optional<String> host = host(image);
        if (host.isEmpty() || image.tag().isEmpty()) {
            return new Untold("'" + image.name() + "' names no registry, or no tag");
        }
        URI root = root(host.get());
        String path = path(
                image.name().substring(host.get().length() + 1), image.tag().get());
        try (ModelClient client = ModelClients.open(endpoint(root), environment)) {
            Exchange exchange = client.get(path, PATIENCE);
            if (GONE.contains(exchange.status())) {
                return new Unknown(root + path + ": is not there (HTTP " + exchange.status() + ")");
            }
            return exchange.succeeded()
                    ? new Points("sha256:" + Sha256.of(exchange.body()))
                    : new Untold(root + path + ": gives no manifest (" + exchange.lastError() + ")");
        }
    }

    private static URI root(String host) {
        return URI.create((LOOPBACK.contains(host.split(":", 2)[0]) ? "http://" : "https://") + host);
    }

    private static String path(String name, String reference) {
        return "/v2/" + name + "/manifests/" + reference;
    }

    /** Asks the registry that an image's name begins with. */
    public Answer ask(ImageReference image) {
        if (image.digest().isEmpty()) {
            return new Silent("'" + image.name() + "' names no digest");
        }
        return host(image)
                .map(host -> ask(
                        host,
                        image.name().substring(host.length() + 1),
                        image.digest().get()))
                .orElseGet(() -> new Silent("'" + image.name() + "' names no registry"));
    }

    private static Optional<String> host(ImageReference image) {
        String first = image.name().split("/", 2)[0];
        boolean isHost = image.name().contains("/") && HOST.matcher(first).matches();
        return isHost ? Optional.of(first) : Optional.empty();
    }

    private Answer ask(String host, String name, String digest) {
        URI root = root(host);
        try (ModelClient client = ModelClients.open(endpoint(root), environment)) {
            String path = path(name, digest);
            Exchange exchange = client.get(path, PATIENCE);
            if (GONE.contains(exchange.status())) {
                return new Gone(root + path + ": is not there (HTTP " + exchange.status() + ")");
            }
            if (!exchange.succeeded()) {
                return new Silent(root + path + ": gives no manifest (" + exchange.lastError() + ")");
            }
            String found = "sha256:" + Sha256.of(exchange.body());
            return found.equals(digest)
                    ? new Held()
                    : new Gone(root + path + ": answers with a manifest of another digest, " + found);
        }
    }

    private EndpointConfig endpoint(URI root) {
        EndpointConfig plain = EndpointConfig.of(root);
        EndpointConfig accepting = new EndpointConfig(
                root,
                plain.credential(),
                Map.of("accept", new Secret(MANIFESTS)),
                plain.certificateAuthority(),
                plain.proxy(),
                plain.concurrency(),
                PATIENCE,
                plain.retries());
        return Optional.ofNullable(tokens.get(root.getHost()))
                .map(variable -> accepting.withCredential(new Credential.TokenVariable(variable)))
                .orElse(accepting);
    }
}
