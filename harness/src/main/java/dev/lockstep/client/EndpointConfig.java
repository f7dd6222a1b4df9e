package dev.lockstep.client;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How an endpoint is reached.
 *
 * @param url the root, without {@code /v1}
 * @param credential where the bearer token comes from
 * @param headers extra headers of every request; values are secrets
 * @param certificateAuthority PEM file with the certificates to trust beside the platform's
 * @param proxy {@code host:port} of an HTTP proxy
 * @param concurrency most requests at once, at least 1
 * @param timeout longest wait for one answer
 * @param retries further attempts after a failure of the infrastructure, 0 to 10
 */
public record EndpointConfig(
        URI url,
        Credential credential,
        Map<String, Secret> headers,
        Optional<Path> certificateAuthority,
        Optional<String> proxy,
        int concurrency,
        Duration timeout,
        int retries) {

    public EndpointConfig {
        headers = Map.copyOf(headers);
    }

    /** Returns a plain endpoint: no token, one request at a time, a minute's patience, two retries. */
    public static EndpointConfig of(URI url) {
        return new EndpointConfig(
                url, new Credential.None(), Map.of(), Optional.empty(), Optional.empty(), 1, Duration.ofMinutes(1), 2);
    }

    public EndpointConfig withUrl(URI other) {
        return new EndpointConfig(
                other, credential, headers, certificateAuthority, proxy, concurrency, timeout, retries);
    }

    public EndpointConfig withCredential(Credential other) {
        return new EndpointConfig(url, other, headers, certificateAuthority, proxy, concurrency, timeout, retries);
    }
}
