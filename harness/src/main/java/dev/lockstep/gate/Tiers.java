package dev.lockstep.gate;

import dev.lockstep.document.NearestName;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
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

    /** Returns a sentence for each name that no suite of a run has, and that is near to one which no tier names. */
    public List<String> mistyped(Set<String> asked) {
        Set<String> named = Stream.of(critical, supporting, advisory)
                .flatMap(List::stream)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> unnamed =
                asked.stream().filter(suite -> !named.contains(suite)).collect(Collectors.toSet());
        return named.stream()
                .filter(name -> !asked.contains(name))
                .flatMap(name -> NearestName.of(name, unnamed).stream().map(near -> mistyped(name, near)))
                .toList();
    }

    private String mistyped(String name, String near) {
        return "'tiers." + of(name).key() + "' of the gate policy names '" + name
                + "', which is no suite of this run; did you mean '" + near + "'? As it stands '" + near
                + "' is critical";
    }

    /** Returns the tier of a suite. */
    public Tier of(String suite) {
        if (advisory.contains(suite)) {
            return Tier.ADVISORY;
        }
        return supporting.contains(suite) ? Tier.SUPPORTING : Tier.CRITICAL;
    }
}
