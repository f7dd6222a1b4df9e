package dev.lockstep.lock;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What of a file was read when it was verified; a report shows it beside the outcome. */
public sealed interface Coverage {

    /** All bytes. */
    record Full() implements Coverage {
        @Override
        public String toString() {
            return "full";
        }
    }

    /** Header or nothing, for the file did not change since it was read in full. */
    record Cached(Instant readAt) implements Coverage {
        @Override
        public String toString() {
            return "cached: not changed since it was read in full at " + readAt;
        }
    }

    /**
     * Some chunks.
     *
     * @param chunks their numbers, from 0
     * @param of how many there are
     * @param seed what decided which
     */
    record Sampled(SortedSet<Integer> chunks, int of, long seed) implements Coverage {
        public Sampled {
            chunks = Collections.unmodifiableSortedSet(new TreeSet<>(chunks));
        }

        @Override
        public String toString() {
            String numbers =
                    chunks.stream().map(chunk -> Integer.toString(chunk + 1)).collect(Collectors.joining(", "));
            return "sampled: " + chunks.size() + " of " + of + " chunks (seed " + seed + "): " + numbers
                    + "; a change of few bytes may lie in the others";
        }
    }
}
