package dev.lockstep.evidence;

import dev.lockstep.lock.Check;
import dev.lockstep.lock.Layer;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What was found beside a server, and the file that says so.
 *
 * @param text the evidence as it is written to a file
 * @param without the layers that the stack does not have
 * @param key the name of the key that signed it; empty when nobody did
 */
public record Attestation(String text, List<Check> checks, Set<Layer> without, Optional<String> key) {
    public Attestation {
        checks = List.copyOf(checks);
        without = Set.copyOf(without);
    }
}
