package dev.lockstep.stack;

import dev.lockstep.client.ModelClient;
import java.net.URI;
import java.util.Optional;

/**
 * A stack that answers.
 *
 * @param operatorEpoch the name that the operator gave to this start of the server; used where none can be seen
 */
public record LiveEndpoint(URI url, ModelClient client, Optional<String> operatorEpoch) {

    public static LiveEndpoint of(URI url, ModelClient client) {
        return new LiveEndpoint(url, client, Optional.empty());
    }

    /** Returns the process behind it, as far as this machine can tell. */
    public ProcessEvidence process() {
        return ProcessEvidence.of(url);
    }
}
