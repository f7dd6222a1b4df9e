package dev.lockstep.stack;

import java.net.URI;
import java.util.Optional;

/**
 * One of the servers behind an endpoint.
 *
 * @param name what messages, samples and reports call it: its pod, or its address without a scheme
 * @param url its root
 * @param start that of its pod, where a saved file tells it; used where none can be seen
 */
public record Replica(String name, URI url, Optional<PodStart> start) {

    /** Names a server by its address. */
    static Replica at(URI url) {
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return new Replica(url.getHost() + port + url.getRawPath(), url, Optional.empty());
    }
}
