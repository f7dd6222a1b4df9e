package dev.lockstep.client;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One attempt, judged.
 *
 * @param status of the answer that counts; 0 when there is none, as when a 200 holds half a body
 * @param failure absent when the attempt succeeded
 */
record Trial(
        Kind kind, int status, String body, Map<String, String> headers, Elapsed elapsed, Optional<Attempt> failure) {

    private static final Set<Integer> WRONG_REQUEST = Set.of(400, 413, 414, 415, 422);

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

    /** Tells whether the server calls the request itself wrong, which waiting does not mend. */
    boolean blamesTheRequest() {
        return kind == Kind.REFUSED && WRONG_REQUEST.contains(status);
    }

    Optional<String> retryAfter() {
        return Optional.ofNullable(headers.get("retry-after"));
    }
}
