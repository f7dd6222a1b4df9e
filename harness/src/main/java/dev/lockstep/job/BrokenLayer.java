package dev.lockstep.job;

import dev.lockstep.lock.Check;
import java.util.List;

/**
 * What moved in one layer.
 *
 * @param checks those that break the lock, at least one
 */
record BrokenLayer(List<Check> checks) {
    private static final int NAMED = 3;

    BrokenLayer {
        checks = List.copyOf(checks);
    }

    /** Tells the first field with both values, and the others by number and name. */
    String sentence() {
        Check first = checks.getFirst();
        return first.layer() + " " + first.field() + ": " + first.values() + " (" + first.place() + ")"
                + others(first.field());
    }

    private String others(String told) {
        List<String> fields = checks.stream()
                .map(Check::field)
                .distinct()
                .filter(field -> !field.equals(told))
                .toList();
        if (fields.isEmpty()) {
            return "";
        }
        String names = String.join(", ", fields.subList(0, Math.min(NAMED, fields.size())));
        return " and " + fields.size() + " more: " + names + (fields.size() > NAMED ? ", …" : "");
    }
}
