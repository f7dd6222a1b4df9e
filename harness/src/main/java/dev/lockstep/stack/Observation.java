package dev.lockstep.stack;

import dev.lockstep.lock.Hardware;
import dev.lockstep.lock.Layer;

/**
 * One look at a live endpoint: everything is asked once.
 *
 * @param facts what it says of itself and shows in a few chats, and the machine under it where that is this one
 * @param captures what it answered when it was asked who it is
 */
record Observation(LayerFacts facts, Captures captures) {

    static Observation of(StackConfig config, LiveEndpoint endpoint) {
        LiveJson server = new LiveJson(endpoint);
        LayerFacts said =
                switch (config.visibility()) {
                    case OPAQUE -> new OpenAiAdapter().observe(server, config.model());
                    case VISIBLE ->
                        withHardware(EngineAdapter.of(config.engine()).observe(server, config.model()), endpoint);
                };
        return new Observation(config.saved().observed().putAll(said.byLayer()), Captures.of(server));
    }

    private static LayerFacts withHardware(LayerFacts observed, LiveEndpoint endpoint) {
        return switch (endpoint.process()) {
            case ProcessEvidence.Seen seen -> observed.putAll(Layer.HARDWARE, Hardware.read());
            case ProcessEvidence.Unseen unseen -> observed;
        };
    }
}
