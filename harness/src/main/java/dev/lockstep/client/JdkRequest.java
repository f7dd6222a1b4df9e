package dev.lockstep.client;

import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.http.client.HttpRequest;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;

/** Turns a request of LangChain4j into one of the JDK, byte for byte. */
final class JdkRequest {
    private JdkRequest() {}

    static java.net.http.HttpRequest of(HttpRequest request) {
        return of(request.method().name(), request);
    }

    /** Takes another method than the request's own: LangChain4j knows three. */
    static java.net.http.HttpRequest of(String method, HttpRequest request) {
        if (!request.formDataFields().isEmpty() || !request.formDataFiles().isEmpty()) {
            throw new UnsupportedFeatureException("multipart forms are not sent by this client; send JSON");
        }
        var builder = java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
                .setHeader("User-Agent", "lockstep")
                .method(method, body(request));
        request.headers().forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        return builder.build();
    }

    private static BodyPublisher body(HttpRequest request) {
        return request.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofString(request.body());
    }
}
