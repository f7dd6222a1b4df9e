package dev.lockstep.stack;

import dev.lockstep.client.ModelClient;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;

/**
 * A stack that answers.
 *
 * @param operatorEpoch the name that the operator gave to this start of the server; used where none can be seen
 * @param clock tells when the process behind it was started
 * @param kind what answers there
 * @param pod the pod behind it, where a saved file tells of it
 */
public record LiveEndpoint(
        URI url, ModelClient client, Optional<String> operatorEpoch, Clock clock, Kind kind, Optional<PodStart> pod) {

    /** Makes an endpoint that is one server. */
    public LiveEndpoint(URI url, ModelClient client, Optional<String> operatorEpoch, Clock clock) {
        this(url, client, operatorEpoch, clock, Kind.SERVER, Optional.empty());
    }

    /** What answers at an address. */
    public enum Kind {
        /** The engine itself, or what stands before that one engine. */
        SERVER,
        /** A router: one request may be answered by another server than the next. */
        ROUTER
    }

    public static LiveEndpoint of(URI url, ModelClient client, Clock clock) {
        return new LiveEndpoint(url, client, Optional.empty(), clock);
    }

    /** Returns the process behind it, as far as this machine can tell; that of a router serves no model. */
    public ProcessEvidence process() {
        return switch (kind) {
            case SERVER -> ProcessEvidence.of(url, clock);
            case ROUTER -> new ProcessEvidence.Unseen(url + " is a router; name its servers in endpoint.replicas");
        };
    }
}
