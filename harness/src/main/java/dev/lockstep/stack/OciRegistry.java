package dev.lockstep.stack;

import dev.lockstep.client.Credential;
import dev.lockstep.client.EndpointConfig;
import dev.lockstep.client.ModelClient;
import dev.lockstep.client.ModelClients;
import dev.lockstep.client.Secret;
import dev.lockstep.lock.ImageReference;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Registries of container images, asked for an image by its digest, and for all that it is made of.
 *
 * <p>After the OCI distribution specification 1.1: {@code GET /v2/<name>/manifests/<digest>}, {@code HEAD /v2/<name>/blobs/<digest>}.
 * A registry on this machine is asked by HTTP, any other by HTTPS.
 *
 * @param tokens the environment variable that holds the bearer token of a host; a host that is not named gets none
 * @param environment where the variables are looked up
 * @param architecture of the machine that runs the image; empty when nobody knows
 */
public record OciRegistry(Map<String, String> tokens, Map<String, String> environment, Optional<String> architecture) {
    private static final Map<String, String> ARCHITECTURES = Map.of("x86_64", "amd64", "aarch64", "arm64");
    private static final int MOST_TOLD = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1");
    private static final Pattern HOST = Pattern.compile("localhost(:\\d+)?|[\\w-]+(\\.[\\w-]+)+(:\\d+)?|[\\w.-]+:\\d+");
    private static final String MANIFESTS = "application/vnd.oci.image.manifest.v1+json,"
            + " application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.v2+json,"
            + " application/vnd.docker.distribution.manifest.list.v2+json";

    public OciRegistry {
        tokens = Map.copyOf(tokens);
        environment = Map.copyOf(environment);
        architecture = architecture.map(name -> ARCHITECTURES.getOrDefault(name, name));
    }

    /** What a registry has of an image. */
    public sealed interface Answer {

        /** Returns what is true of all parts together: the first that are gone decide, then those of which nobody can tell. */
        static Answer all(List<Answer> parts) {
            List<String> gone = new ArrayList<>();
            List<String> silent = new ArrayList<>();
            int held = 0;
            for (Answer part : parts) {
                switch (part) {
                    case Held(int blobs) -> held += blobs;
                    case Gone(String why) -> gone.add(why);
                    case Silent(String why) -> silent.add(why);
                }
            }
            if (!gone.isEmpty()) {
                return new Gone(few(gone));
            }
            return silent.isEmpty() ? new Held(held) : new Silent(few(silent));
        }

        private static String few(List<String> reasons) {
            String first = reasons.stream().limit(MOST_TOLD).collect(Collectors.joining("; "));
            int more = reasons.size() - MOST_TOLD;
            return more > 0 ? first + "; and " + more + " more" : first;
        }
    }

    /** The manifest of this digest, and so many blobs that it names. */
    public record Held(int blobs) implements Answer {}

    /** Nothing, or something else under this digest; or a part of it is gone. */
    public record Gone(String why) implements Answer {}

    /** Nobody can tell. */
    public record Silent(String why) implements Answer {}

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
        URI root = URI.create((LOOPBACK.contains(host.split(":", 2)[0]) ? "http://" : "https://") + host);
        try (ModelClient client = ModelClients.open(endpoint(root), environment)) {
            return new OciRepository(root, name, client, architecture).manifest(digest);
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
