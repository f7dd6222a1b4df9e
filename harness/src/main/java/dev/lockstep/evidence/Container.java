package dev.lockstep.evidence;

import java.util.Optional;

/**
 * The container that a server runs in, by the word of who runs it.
 *
 * @param pod the UID of its pod
 * @param started when it was started
 * @param image the digest of its image: {@code sha256:} and 64 hex digits
 */
public record Container(Optional<String> pod, Optional<String> started, Optional<String> image) {

    /** Returns what is known of a server outside of any container. */
    public static Container none() {
        return new Container(Optional.empty(), Optional.empty(), Optional.empty());
    }
}
