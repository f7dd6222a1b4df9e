package dev.lockstep.cli;

import java.net.URI;

/** The address of a server as users name it: most OpenAI clients are given one that ends in {@code /v1}. */
final class ServerRoot {

    private ServerRoot() {}

    static URI of(URI named) {
        return URI.create(named.toString().replaceFirst("/v1/?$", ""));
    }
}
