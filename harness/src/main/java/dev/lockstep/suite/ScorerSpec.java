package dev.lockstep.suite;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.document.Position;

/** A scorer as a case names it: name, version, parameters. */
public record ScorerSpec(String name, int version, ObjectNode parameters, Position position) {

    /** Returns {@code name@version}. */
    public String label() {
        return name + "@" + version;
    }
}
