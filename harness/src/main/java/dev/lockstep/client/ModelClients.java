package dev.lockstep.client;

import java.util.Map;

/** Opens clients. */
public final class ModelClients {
    private ModelClients() {}

    /**
     * Opens a client; nothing is sent yet.
     *
     * @param environment where a token variable is looked up
     * @throws dev.lockstep.document.LockstepException CONFIG, with one line for each mistake in the configuration
     */
    public static ModelClient open(EndpointConfig config, Map<String, String> environment) {
        return open(config, environment, Time.SYSTEM);
    }

    static ModelClient open(EndpointConfig config, Map<String, String> environment, Time time) {
        EndpointCheck.check(config, environment);
        Http1Client http = Http1ClientBuilder.of(config, time).connect();
        return new RetryingModelClient(config, new BearerToken(config.credential(), environment), http, time);
    }
}
