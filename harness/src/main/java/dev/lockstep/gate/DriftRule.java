package dev.lockstep.gate;

import dev.lockstep.stats.Holm;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which tests say that a stack has changed, by their p-values alone: a screen of the run, and confirmations of what fired in it, by
 * the same server start and by another.
 *
 * <p>Answers of one start share its noise, so that asking it again proves little where whole runs are compared: another start must
 * show the change, too. Where none can be asked, the run by itself must be as unlikely as two looks that share nothing.
 */
public final class DriftRule {
    static final int ROUNDS = 2;

    private final GatePolicy.Levels levels;
    private final Map<String, Test> fired;
    private final List<Look> rounds;

    private DriftRule(GatePolicy.Levels levels, Map<String, Test> fired, List<Look> rounds) {
        this.levels = levels;
        this.fired = fired;
        this.rounds = List.copyOf(rounds);
    }

    /**
     * One test of a round.
     *
     * @param name tells it from the others
     * @param pValue in [0, 1]
     * @param weight positive; the tests of a round share its level in this proportion
     * @param level the least level that it has in the screen, whatever else fires
     */
    public record Test(String name, Basis basis, double pValue, double weight, double level) {}

    /** What a test compares, and what it is called. */
    public enum Basis {
        /** Bits: they take part in the screen, and fresh answers are no second opinion on them. */
        EQUALITY("equality"),
        /** Answers, each with chance of its own. */
        ANSWERS("permutation within prompts"),
        /** Whole runs, whose answers share the noise of their server start. */
        RUNS("run-level t");

        private final String words;

        Basis(String words) {
            this.words = words;
        }

        /** Returns the name of the test, as files and reports show it. */
        public String words() {
            return words;
        }
    }

    /** The names of the tests of a confirmation, and of those of them that reject. */
    private record Look(Set<String> tested, Set<String> rejected) {
        static Look of(List<Test> tests, double level) {
            return new Look(
                    tests.stream().map(Test::name).collect(Collectors.toSet()), DriftRule.rejected(tests, level));
        }
    }

    /** What is known of a test, the stronger the later. */
    public enum Outcome {
        NOT_FIRED,
        /** Fresh answers of the same start do not show it. */
        UNCONFIRMED,
        /** Nobody asked again, or what the same start answered holds nothing that could be compared. */
        UNASKED,
        /** Fresh answers of the same start show it, which may be the noise of this start. */
        ONE_START,
        CHANGED
    }

    /** Screens a run. */
    public static DriftRule screen(GatePolicy.Levels levels, List<Test> tests) {
        Set<String> rejected = rejected(tests, levels.screen());
        Map<String, Test> fired = new LinkedHashMap<>();
        tests.stream()
                .filter(test -> test.basis() != Basis.EQUALITY && rejected.contains(test.name()))
                .forEach(test -> fired.put(test.name(), test));
        return new DriftRule(levels, fired, List.of());
    }

    /** Returns the names of the tests that reject together at a level, by Holm's method. */
    static Set<String> rejected(List<Test> tests, double level) {
        double[] adjusted = Holm.adjusted(
                tests.stream().mapToDouble(Test::pValue).toArray(),
                tests.stream().mapToDouble(Test::weight).toArray());
        Set<String> rejected = new HashSet<>();
        for (int i = 0; i < adjusted.length; i++) {
            if (adjusted[i] <= level) {
                rejected.add(tests.get(i).name());
            }
        }
        return rejected;
    }

    /** Returns the rule after a confirmation of what is {@link #open}: first of the same start, then of another. */
    public DriftRule confirmed(List<Test> again) {
        List<Look> more = new ArrayList<>(rounds);
        more.add(Look.of(again, levels.confirm()));
        return new DriftRule(levels, fired, more);
    }

    /** Returns the names of what fired, and every confirmation so far confirms. */
    public Set<String> open() {
        return fired.keySet().stream().filter(this::isEverywhere).collect(Collectors.toSet());
    }

    /** Returns whether another confirmation could change an outcome. */
    public boolean asks() {
        return rounds.size() < ROUNDS && !open().isEmpty();
    }

    /** Returns whether a confirmation, 0 of the same start and 1 of another, was made and shows what a test fired on. */
    boolean confirms(int round, String name) {
        return round < rounds.size() && rounds.get(round).rejected().contains(name);
    }

    /** Returns whether a confirmation, 0 of the same start and 1 of another, was made and holds what a test could compare. */
    boolean tests(int round, String name) {
        return round < rounds.size() && rounds.get(round).tested().contains(name);
    }

    /** Returns whether both confirmations were made, and the other start shows nothing of what the same start confirms. */
    boolean isOfOneStart() {
        return rounds.size() == ROUNDS
                && open().isEmpty()
                && fired.keySet().stream().filter(name -> confirms(0, name)).allMatch(name -> tests(1, name));
    }

    /** Returns what is known of the test with this name. */
    public Outcome outcome(String name) {
        Test test = fired.get(name);
        if (test == null) {
            return Outcome.NOT_FIRED;
        }
        if (!tests(0, name)) {
            return Outcome.UNASKED;
        }
        if (!confirms(0, name)) {
            return Outcome.UNCONFIRMED;
        }
        return isProved(test) ? Outcome.CHANGED : Outcome.ONE_START;
    }

    private boolean isProved(Test test) {
        if (test.basis() != Basis.RUNS) {
            return true;
        }
        return tests(1, test.name()) ? confirms(1, test.name()) : test.pValue() <= test.level() * levels.confirm();
    }

    private boolean isEverywhere(String name) {
        return rounds.stream().allMatch(round -> round.rejected().contains(name));
    }
}
