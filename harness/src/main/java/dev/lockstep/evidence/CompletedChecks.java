package dev.lockstep.evidence;

import dev.lockstep.lock.Check;
import dev.lockstep.lock.Layer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts evidence beside what was seen here.
 *
 * <p>It fills in what could not be seen, and a difference that it tells is never covered by a match.
 */
final class CompletedChecks {
    private final Map<Place, Check> evidence = new LinkedHashMap<>();

    private record Place(Layer layer, Check.Step step, String field) {
        static Place of(Check check) {
            return new Place(check.layer(), check.step(), check.field());
        }
    }

    CompletedChecks(List<Check> evidence) {
        evidence.forEach(check -> this.evidence.merge(Place.of(check), check, CompletedChecks::stronger));
    }

    /** Returns all checks: those that were made here, in their order, then what only the evidence speaks of. */
    List<Check> with(List<Check> seen) {
        Map<Place, Check> rest = new LinkedHashMap<>(evidence);
        List<Check> merged = new ArrayList<>();
        for (Check check : seen) {
            Check told = rest.remove(Place.of(check));
            merged.add(told == null ? check : stronger(check, told));
        }
        rest.values().stream().filter(CompletedChecks::isDecided).forEach(merged::add);
        return List.copyOf(merged);
    }

    private static Check stronger(Check one, Check other) {
        return rank(other) > rank(one) || bothAreOpen(one, other) ? other : one;
    }

    /** Evidence knows better why something cannot be told. */
    private static boolean bothAreOpen(Check one, Check other) {
        return one.outcome() == Check.Outcome.UNVERIFIABLE && other.outcome() == Check.Outcome.UNVERIFIABLE;
    }

    private static int rank(Check check) {
        return switch (check.outcome()) {
            case NOT_CHECKED -> 0;
            case UNVERIFIABLE -> 1;
            case MATCH -> 2;
            case MISMATCH -> 3;
        };
    }

    static boolean isDecided(Check check) {
        return rank(check) > 1;
    }
}
