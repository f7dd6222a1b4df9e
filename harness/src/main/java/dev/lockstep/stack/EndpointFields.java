package dev.lockstep.stack;

import dev.lockstep.client.Credential;
import dev.lockstep.client.EndpointConfig;
import dev.lockstep.client.Secret;
import dev.lockstep.document.Fields;
import dev.lockstep.document.Problems;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads the field {@code endpoint} of a stack. */
final class EndpointFields {
    private static final String MANAGED = "managed";
    private static final URI NOWHERE = URI.create("http://127.0.0.1");
    private static final Pattern PROXY = Pattern.compile("[^:/\\s]+:\\d{1,5}");

    private final Path folder;
    private final Problems problems;

    EndpointFields(Path folder, Problems problems) {
        this.folder = folder;
        this.problems = problems;
    }

    StackConfig.Endpoint read(Fields stack, boolean launched) {
        Fields fields = Fields.of(stack.mapping("endpoint"), "endpoint", problems);
        Replicas replicas = new ReplicaFields(folder, problems).read(fields);
        Optional<URI> url = url(fields, launched, replicas);
        EndpointConfig settings = new EndpointConfig(
                url.orElse(NOWHERE),
                credential(fields),
                headers(fields),
                fields.text("ca_file").map(this::absolute),
                proxy(fields),
                (int) fields.integer("concurrency", 1, 1, 1024),
                Duration.ofSeconds(fields.integer("timeout_s", 60, 1, 86_400)),
                (int) fields.integer("retries", 2, 0, 10));
        fields.rejectUnknown();
        return new StackConfig.Endpoint(url, settings, replicas);
    }

    private static Optional<URI> url(Fields fields, boolean launched, Replicas replicas) {
        if (replicas instanceof Replicas.Listed && !fields.has("url")) {
            return Optional.empty();
        }
        String text = fields.requiredText("url", "write the server's root, or 'managed' with a 'launch'");
        if (text.equals(MANAGED) && !launched) {
            fields.problem("url", "'url' is 'managed', but there is no 'launch'; add one, or write the server's root");
        }
        if (text.equals(MANAGED) && !(replicas instanceof Replicas.Single)) {
            fields.problem(
                    "url",
                    "'url' is 'managed', so the endpoint is the one server that Lockstep starts; remove 'replicas' and 'router'");
        }
        if (text.isEmpty() || text.equals(MANAGED)) {
            return Optional.empty();
        }
        Optional<URI> url = root(text);
        if (url.isEmpty()) {
            fields.problem("url", "'url' is '" + text + "'; expected http(s)://host:port without /v1, or 'managed'");
        }
        return url;
    }

    static Optional<URI> root(String text) {
        try {
            URI url = new URI(text.replaceAll("/+$", ""));
            boolean isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            boolean endsInVersion = url.getPath() != null && url.getPath().endsWith("/v1");
            return isHttp && url.getHost() != null && !endsInVersion ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private Credential credential(Fields fields) {
        Optional<String> file = fields.text("token_file");
        Optional<String> variable = fields.text("token_env");
        if (file.isPresent() && variable.isPresent()) {
            fields.problem("token_env", "'token_file' and 'token_env' both name the token; keep one");
        }
        return file.<Credential>map(path -> new Credential.TokenFile(absolute(path)))
                .or(() -> variable.map(Credential.TokenVariable::new))
                .orElseGet(Credential.None::new);
    }

    private Map<String, Secret> headers(Fields fields) {
        Fields headers = Fields.of(fields.mapping("headers"), "endpoint.headers", problems);
        Map<String, Secret> secrets = new TreeMap<>();
        headers.entries().keySet().forEach(name -> headers.text(name).ifPresent(v -> secrets.put(name, new Secret(v))));
        return secrets;
    }

    private static Optional<String> proxy(Fields fields) {
        Optional<String> proxy = fields.text("proxy");
        if (proxy.isPresent() && !PROXY.matcher(proxy.get()).matches()) {
            fields.problem("proxy", "'proxy' is '" + proxy.get() + "'; expected host:port");
        }
        return proxy;
    }

    private Path absolute(String path) {
        return folder.resolve(path).normalize();
    }
}
