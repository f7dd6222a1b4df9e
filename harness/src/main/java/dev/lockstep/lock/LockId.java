package dev.lockstep.lock;

import java.util.regex.Pattern;

/** The name of a lock: {@code lk1-} and the SHA-256 over its pinned and declared values. */
public record LockId(String value) implements Comparable<LockId> {
    private static final Pattern FORM = Pattern.compile("lk1-[0-9a-f]{64}");

    public LockId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("'" + value + "' is no lock id; expected lk1- and 64 hex digits");
        }
    }

    /** Returns the first twelve hex digits, for people. */
    public String brief() {
        return value.substring(0, 16);
    }

    @Override
    public int compareTo(LockId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
