package dev.lockstep.client;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import java.time.Duration;

/**
 * Builds the HTTP client under LangChain4j's typed models: HTTP/1.1 only, with an endpoint's certificates and proxy.
 *
 * <p>Token and headers are left to the typed model. The read timeout bounds the whole exchange. The endpoint's own limits
 * (concurrency, retries) are those of {@link ModelClients}, not of this client.
 */
public final class Http1ClientBuilder implements HttpClientBuilder {
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);

    private final EndpointConfig config;
    private final Time time;
    private Duration connectTimeout;
    private Duration readTimeout;

    private Http1ClientBuilder(EndpointConfig config, Time time) {
        this.config = config;
        this.time = time;
        this.readTimeout = config.timeout();
        this.connectTimeout = readTimeout.compareTo(LONGEST_CONNECT) < 0 ? readTimeout : LONGEST_CONNECT;
    }

    /** Returns a builder with the endpoint's timeout, of which connecting may take ten seconds at most. */
    public static Http1ClientBuilder of(EndpointConfig config) {
        return of(config, Time.SYSTEM);
    }

    static Http1ClientBuilder of(EndpointConfig config, Time time) {
        return new Http1ClientBuilder(config, time);
    }

    @Override
    public Duration connectTimeout() {
        return connectTimeout;
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration timeout) {
        connectTimeout = timeout;
        return this;
    }

    @Override
    public Duration readTimeout() {
        return readTimeout;
    }

    @Override
    public HttpClientBuilder readTimeout(Duration timeout) {
        readTimeout = timeout;
        return this;
    }

    @Override
    public HttpClient build() {
        return connect();
    }

    Http1Client connect() {
        var builder = java.net.http.HttpClient.newBuilder()
                .version(java.net.http.HttpClient.Version.HTTP_1_1)
                .followRedirects(java.net.http.HttpClient.Redirect.NEVER)
                .connectTimeout(connectTimeout)
                .proxy(config.proxy().map(ProxyAddress::read).orElse(java.net.http.HttpClient.Builder.NO_PROXY));
        config.certificateAuthority().map(TrustedCertificates::with).ifPresent(builder::sslContext);
        return new Http1Client(builder.build(), readTimeout, time);
    }
}
