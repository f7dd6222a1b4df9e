package dev.lockstep.score;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Pairs expected with actual calls, in any order.
 *
 * <p>A maximum bipartite matching by augmenting paths (Kuhn 1955): taking the first fitting call for each expected one can
 * miss a pairing that exists.
 */
final class CallMatching {
    private static final int FREE = -1;

    private final List<ExpectedCall> expected;
    private final List<ActualCall> actual;
    private final int[] takenBy;

    private CallMatching(List<ExpectedCall> expected, List<ActualCall> actual) {
        this.expected = expected;
        this.actual = actual;
        this.takenBy = new int[actual.size()];
        Arrays.fill(takenBy, FREE);
    }

    /** Returns why the calls cannot be paired one to one; empty when they can. */
    static Optional<String> difference(List<ExpectedCall> expected, List<ActualCall> actual) {
        if (expected.size() != actual.size()) {
            return Optional.of("wrong_count: " + count(actual.size()) + ", expected " + expected.size());
        }
        return new CallMatching(expected, actual).firstUnpaired();
    }

    private Optional<String> firstUnpaired() {
        for (int i = 0; i < expected.size(); i++) {
            if (!pair(i, new boolean[actual.size()])) {
                return Optional.of(nearestDifference(expected.get(i)));
            }
        }
        return Optional.empty();
    }

    private boolean pair(int wanted, boolean[] tried) {
        for (int call = 0; call < actual.size(); call++) {
            if (tried[call] || expected.get(wanted).difference(actual.get(call)).isPresent()) {
                continue;
            }
            tried[call] = true;
            if (takenBy[call] == FREE || pair(takenBy[call], tried)) {
                takenBy[call] = wanted;
                return true;
            }
        }
        return false;
    }

    private String nearestDifference(ExpectedCall wanted) {
        for (ActualCall call : actual) {
            Optional<String> difference = wanted.difference(call);
            if (call.name().equals(wanted.name()) && difference.isPresent()) {
                return difference.get();
            }
        }
        return actual.stream()
                .flatMap(call -> wanted.difference(call).stream())
                .findFirst()
                .orElse("wrong_count: no call is left for '" + wanted.name() + "'");
    }

    private static String count(int calls) {
        return switch (calls) {
            case 0 -> "no call";
            case 1 -> "1 call";
            default -> calls + " calls";
        };
    }
}
