package dev.lockstep.gate;

import java.util.List;
import java.util.Optional;

/** How surely an unchanged stack passes a plan, as far as it can be told before the run. */
public record PassForecast(List<Outlook> outlooks) {
    /** Below this a margin is not one that a suite can prove: its verdict would be left open every tenth night. */
    private static final double SURE = 0.9;

    public PassForecast {
        outlooks = List.copyOf(outlooks);
    }

    /** Returns P(PASS | unchanged): the product of what each detector does by itself, less what {@link #notCounted} tells. */
    public double pass() {
        return outlooks.stream().mapToDouble(Outlook::pass).reduce(1, (one, other) -> one * other);
    }

    /**
     * Returns what is left out of the figure: nights whose own tests fire by chance and are confirmed. How many there are depends
     * on how much of its noise a start shares, which nobody knows before; the shares are simulated (docs/statistics.md). Empty where
     * equality decides alone.
     */
    public Optional<String> notCounted() {
        if (outlooks.stream().anyMatch(outlook -> outlook.basis().startsWith(DriftRule.Basis.RUNS.words()))) {
            return Optional.of(
                    "not counted: nights on which tests of whole runs fire by chance and the same start confirms them, 0.2 % to"
                            + " 2.2 % of unchanged nights by how much of its noise a start shares (simulated; more under another"
                            + " load than the approved runs'); most end as INCONCLUSIVE");
        }
        return outlooks.stream().anyMatch(PassForecast::isTested)
                ? Optional.of(
                        "not counted: nights on which the test of sampled answers fires by chance and fresh answers confirm"
                                + " it, at most 0.2 % of unchanged nights with ten approved runs, 0.7 % with two (simulated); they end as"
                                + " DRIFT")
                : Optional.empty();
    }

    /** Returns the tiers of scores that cannot prove their margin often enough to gate. */
    public List<Outlook> advisory() {
        return outlooks.stream()
                .filter(outlook -> outlook.needed().isPresent() && outlook.pass() < SURE)
                .toList();
    }

    private static boolean isTested(Outlook outlook) {
        return !outlook.basis().isEmpty() && !outlook.basis().equals(DriftRule.Basis.EQUALITY.words());
    }
}
