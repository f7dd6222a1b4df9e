package dev.lockstep.client;

import java.util.Map;
import java.util.Optional;

/**
 * One attempt, judged.
 *
 * @param status of the answer that counts; 0 when there is none, as when a 200 holds half a body
 * @param failure absent when the attempt succeeded
 */
record Trial(
        Kind kind, int status, String body, Map<String, String> headers, Elapsed elapsed, Optional<Attempt> failure) {

    enum Kind {
        /** It brought the answer. */
        ANSWERED,
        /** It brought a status that would not change by asking again. */
        FINAL,
        /** The server would not answer this: asked again to see whether that reproduces. */
        REFUSED,
        /** The infrastructure failed. */
        FAILED
    }

    Trial {
        headers = Map.copyOf(headers);
    }

    static Trial lost(String error, Elapsed elapsed) {
        return new Trial(Kind.FAILED, 0, "", Map.of(), elapsed, Optional.of(new Attempt(0, error)));
    }

    Optional<String> retryAfter() {
        return Optional.ofNullable(headers.get("retry-after"));
    }
}
