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
 */
public record LiveEndpoint(URI url, ModelClient client, Optional<String> operatorEpoch, Clock clock) {

    public static LiveEndpoint of(URI url, ModelClient client, Clock clock) {
        return new LiveEndpoint(url, client, Optional.empty(), clock);
    }

    /** Returns the process behind it, as far as this machine can tell. */
    public ProcessEvidence process() {
        return ProcessEvidence.of(url, clock);
    }
}
