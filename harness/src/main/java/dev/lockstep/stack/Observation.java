package dev.lockstep.stack;

import dev.lockstep.lock.Hardware;
import dev.lockstep.lock.Layer;

/** What a live endpoint says of itself, and the machine under it where that is this one. */
final class Observation {
    private Observation() {}

    static LayerFacts of(StackConfig config, LiveEndpoint endpoint) {
        LiveJson server = new LiveJson(endpoint);
        LayerFacts saved = config.saved().observed();
        return switch (config.visibility()) {
            case OPAQUE ->
                saved.putAll(new OpenAiAdapter().observe(server, config.model()).byLayer());
            case VISIBLE ->
                withHardware(
                        saved.putAll(EngineAdapter.of(config.engine())
                                .observe(server, config.model())
                                .byLayer()),
                        endpoint);
        };
    }

    private static LayerFacts withHardware(LayerFacts observed, LiveEndpoint endpoint) {
        return switch (endpoint.process()) {
            case ProcessEvidence.Seen seen -> observed.putAll(Layer.HARDWARE, Hardware.read());
            case ProcessEvidence.Unseen unseen -> observed;
        };
    }
}
