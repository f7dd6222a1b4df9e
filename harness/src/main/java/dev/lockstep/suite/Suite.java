package dev.lockstep.suite;

import dev.lockstep.lock.Layer;
import dev.lockstep.lock.Standing;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A file of prompts.
 *
 * @param requires what the stack must take: {@code image, video, tools, logprobs}
 * @param file the {@code suite.yaml} it was read from
 * @param floor how well layers of the stack must be known before it is asked
 */
public record Suite(
        String id,
        String version,
        String description,
        Role role,
        Set<String> requires,
        List<String> tags,
        List<EvalCase> cases,
        Path file,
        SortedMap<Layer, Standing> floor) {

    /** What the answers are for. */
    public enum Role {
        /** Answers are scored (detector L4). */
        SCORES,
        /** Answers are compared token by token (detectors L1 and L2). */
        FINGERPRINT,
        /** Answers are sampled with new seeds in each run, and compared as distributions (detector L3). */
        SAMPLES
    }

    public Suite {
        requires = Collections.unmodifiableSortedSet(new TreeSet<>(requires));
        tags = List.copyOf(tags);
        cases = List.copyOf(cases);
        floor = Collections.unmodifiableSortedMap(new TreeMap<>(floor));
    }

    /** Makes a suite that is asked of any stack. */
    public Suite(
            String id,
            String version,
            String description,
            Role role,
            Set<String> requires,
            List<String> tags,
            List<EvalCase> cases,
            Path file) {
        this(id, version, description, role, requires, tags, cases, file, new TreeMap<>());
    }

    /** Returns the same suite with some of its cases. */
    public Suite withCases(List<EvalCase> some) {
        return new Suite(id, version, description, role, requires, tags, some, file, floor);
    }
}
