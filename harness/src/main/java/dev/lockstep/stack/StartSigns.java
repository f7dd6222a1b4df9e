package dev.lockstep.stack;

import java.util.Optional;

/**
 * What tells the start of the server that answers from every other start.
 *
 * @param shown what its endpoint shows: the digest of llama.cpp's media marker, or the start time in {@code /metrics}
 * @param process the engine's process, where this machine can read it
 * @param boot the boot of this machine; empty where the system does not tell
 * @param named the operator's word
 * @param pod the pod that answers, where a saved file tells of it
 */
public record StartSigns(
        Optional<String> shown,
        Optional<LocalProcess> process,
        String boot,
        Optional<String> named,
        Optional<PodStart> pod) {

    /** Looks for them; of an opaque stack there is the operator's word alone. */
    public static StartSigns of(StackConfig config, LiveEndpoint endpoint) {
        return switch (config.visibility()) {
            case OPAQUE ->
                new StartSigns(Optional.empty(), Optional.empty(), "", named(endpoint), pod(config, endpoint));
            case VISIBLE ->
                new StartSigns(
                        Epochs.shown(config, endpoint),
                        engine(endpoint.process()),
                        ProcessEvidence.boot(),
                        named(endpoint),
                        pod(config, endpoint));
        };
    }

    /** Signs without any of a pod. */
    public StartSigns(Optional<String> shown, Optional<LocalProcess> process, String boot, Optional<String> named) {
        this(shown, process, boot, named, Optional.empty());
    }

    /** A saved pod may be that of one of several replicas, or the one that is described as the launch. */
    private static Optional<PodStart> pod(StackConfig config, LiveEndpoint endpoint) {
        boolean isOnly = endpoint.kind() == LiveEndpoint.Kind.SERVER
                && config.endpoint().replicas().listed().isEmpty();
        return endpoint.pod().or(() -> isOnly ? config.saved().pod() : Optional.empty());
    }

    /** What stands for a pod's start is not the operator's word. */
    private static Optional<String> named(LiveEndpoint endpoint) {
        return endpoint.operatorEpoch()
                .filter(name -> !endpoint.pod().map(PodStart::epoch).equals(Optional.of(name)));
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
