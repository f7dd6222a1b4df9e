package dev.lockstep.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/** The scorers that a suite may name, as far as the suite reader must know them. */
public interface ScorerCatalog {

    Set<String> names();

    /** Returns the version that would score today. @throws IllegalArgumentException for an unknown name */
    int version(String name);

    /** Returns what is wrong with a case's use of a scorer, each with its remedy; empty when nothing is. */
    List<String> mistakes(String name, ObjectNode parameters, JsonNode reference);
}
