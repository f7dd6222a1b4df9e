package dev.lockstep.stack;

import dev.lockstep.document.Sha256;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names one start of a server, inside which noise is shared. */
public final class Epochs {
    /** Stands for a start that nobody can name. */
    public static final String UNKNOWN = "unknown";

    private static final int DIGITS = 16;
    private static final Pattern STARTED = Pattern.compile("(?m)^process_start_time_seconds (\\S+)");

    private Epochs() {}

    /**
     * Returns pid and start time of a local process, else the digest of llama.cpp's media marker (new with each start), else
     * the operator's word, else {@code unknown}. What a router answers tells of no start: the next answer may be another server's.
     *
     * @throws dev.lockstep.document.LockstepException of kind ENDPOINT when nothing answers: a server that is gone has no start
     */
    public static String current(StackConfig config, LiveEndpoint endpoint) {
        new LiveJson(endpoint).requireReachable();
        return switch (config.visibility()) {
            case VISIBLE -> seen(endpoint).or(() -> marked(config, endpoint)).orElseGet(() -> told(endpoint));
            case OPAQUE -> told(endpoint);
        };
    }

    /**
     * Returns what the endpoint itself shows of its start, the same on its own machine and on any other: the digest of
     * llama.cpp's media marker, else the start time that Prometheus' client for Python tells in {@code /metrics}, as that of
     * vLLM does (vllm-project/vllm#26762); empty when it shows nothing, and of a router, for that is no server's start.
     */
    public static Optional<String> shown(StackConfig config, LiveEndpoint endpoint) {
        if (endpoint.kind() == LiveEndpoint.Kind.ROUTER) {
            return Optional.empty();
        }
        return marked(config, endpoint)
                .or(() -> STARTED.matcher(new LiveJson(endpoint).text("/metrics"))
                        .results()
                        .map(line -> "started:" + line.group(1))
                        .findFirst());
    }

    private static Optional<String> seen(LiveEndpoint endpoint) {
        return switch (endpoint.process()) {
            case ProcessEvidence.Seen(LocalProcess process) -> Optional.of(process.epoch());
            case ProcessEvidence.Unseen unseen -> Optional.empty();
        };
    }

    private static Optional<String> marked(StackConfig config, LiveEndpoint endpoint) {
        if (config.engine() != Engine.LLAMA_CPP || endpoint.kind() == LiveEndpoint.Kind.ROUTER) {
            return Optional.empty();
        }
        String marker =
                new LiveJson(endpoint).get("/props").path("media_marker").asText();
        return marker.isEmpty()
                ? Optional.empty()
                : Optional.of("marker:" + Sha256.of(marker).substring(0, DIGITS));
    }

    private static String told(LiveEndpoint endpoint) {
        return endpoint.operatorEpoch().orElse(UNKNOWN);
    }
}
