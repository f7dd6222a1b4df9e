package dev.lockstep.stack;

import java.util.Optional;

/**
 * What tells the start of the server that answers from every other start.
 *
 * @param shown what its endpoint shows: the digest of llama.cpp's media marker, or the start time in {@code /metrics}
 * @param process the engine's process, where this machine can read it
 * @param boot the boot of this machine; empty where the system does not tell
 * @param named the operator's word
 */
public record StartSigns(Optional<String> shown, Optional<LocalProcess> process, String boot, Optional<String> named) {

    /** Looks for them; of an opaque stack there is the operator's word alone. */
    public static StartSigns of(StackConfig config, LiveEndpoint endpoint) {
        return switch (config.visibility()) {
            case OPAQUE -> new StartSigns(Optional.empty(), Optional.empty(), "", endpoint.operatorEpoch());
            case VISIBLE ->
                new StartSigns(
                        Epochs.shown(config, endpoint),
                        engine(endpoint.process()),
                        ProcessEvidence.boot(),
                        endpoint.operatorEpoch());
        };
    }

    /** A proxy that listens here is not what answers. */
    private static Optional<LocalProcess> engine(ProcessEvidence evidence) {
        return switch (evidence) {
            case ProcessEvidence.Seen(LocalProcess process) ->
                EngineIdentity.isEngine(process) ? Optional.of(process) : Optional.empty();
            case ProcessEvidence.Unseen unseen -> Optional.empty();
        };
    }
}
