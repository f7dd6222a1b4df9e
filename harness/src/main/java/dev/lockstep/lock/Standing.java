package dev.lockstep.lock;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** In which way a layer of the stack that answers is known, the weakest first. */
public enum Standing {
    /** Nobody tells. */
    UNKNOWN,
    /** The lock or the operator says so, and nothing compares it with what answers. */
    DECLARED,
    /** The server says so of itself, or renders and answers as it did: consistent with the lock, which is no proof. */
    OBSERVED,
    /** It is locked with proof, and what answers was proven to be that. */
    PINNED;

    /** Returns those that may be required, by their names in files. */
    public static SortedMap<String, Standing> byKey() {
        SortedMap<String, Standing> byKey = new TreeMap<>();
        EnumSet.complementOf(EnumSet.of(UNKNOWN)).forEach(standing -> byKey.put(standing.key(), standing));
        return Collections.unmodifiableSortedMap(byKey);
    }

    /** Returns the name in files and messages. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean isAtLeast(Standing required) {
        return compareTo(required) >= 0;
    }
}
