package dev.lockstep.evidence;

import dev.lockstep.lock.Check;
import java.util.List;
import java.util.Optional;

/**
 * What was found beside a server, and the file that says so.
 *
 * @param text the evidence as it is written to a file
 * @param key the name of the key that signed it; empty when nobody did
 */
public record Attestation(String text, List<Check> checks, Optional<String> key) {
    public Attestation {
        checks = List.copyOf(checks);
    }
}
