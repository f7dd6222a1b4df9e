package dev.lockstep.client;

import java.util.List;

/** Hides secrets in what a server said: a page that reports an error may echo the request's headers. */
record Mask(List<Secret> secrets) {
    /** Shorter values are words that texts hold anyway. */
    private static final int SHORTEST = 6;

    Mask {
        secrets = List.copyOf(secrets);
    }

    String over(String text) {
        String masked = text;
        for (Secret secret : secrets) {
            if (secret.reveal().length() >= SHORTEST) {
                masked = masked.replace(secret.reveal(), secret.toString());
            }
        }
        return masked;
    }
}
