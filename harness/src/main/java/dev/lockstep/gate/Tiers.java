package dev.lockstep.gate;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which scored suites decide, by their ids; one that is named nowhere is critical.
 *
 * @param critical judged together
 * @param supporting judged together, apart from the critical ones
 * @param advisory printed, and never deciding
 */
public record Tiers(List<String> critical, List<String> supporting, List<String> advisory) {

    public Tiers {
        critical = List.copyOf(critical);
        supporting = List.copyOf(supporting);
        advisory = List.copyOf(advisory);
    }

    /** The suites of one weight. */
    public enum Tier {
        CRITICAL,
        SUPPORTING,
        ADVISORY;

        /** Returns the name of the finding about its scores. */
        String finding() {
            return this == CRITICAL ? "L4" : "L4 " + key();
        }

        /** Returns the name in gate.yaml. */
        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Returns tiers that name no suite: all are critical. */
    public static Tiers none() {
        return new Tiers(List.of(), List.of(), List.of());
    }

    /** Returns a suite that is in more than one tier. */
    Optional<String> namedTwice() {
        Set<String> seen = new HashSet<>();
        return Stream.of(critical, supporting, advisory)
                .flatMap(List::stream)
                .filter(suite -> !seen.add(suite))
                .findFirst();
    }

    /** Returns the tier of a suite. */
    public Tier of(String suite) {
        if (advisory.contains(suite)) {
            return Tier.ADVISORY;
        }
        return supporting.contains(suite) ? Tier.SUPPORTING : Tier.CRITICAL;
    }
}
