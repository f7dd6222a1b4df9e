package dev.lockstep.gate;

import dev.lockstep.gate.Finding.Result;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * The smallest change that a detector would have seen, in the unit of {@code reach} in gate.yaml, and what would let it see a
 * smaller one.
 *
 * @param seen four times out of five
 * @param wanted the smallest that it is to see
 */
record Reach(double seen, double wanted) {

    static Reach of(double seen, String family, GatePolicy policy) {
        return new Reach(seen, policy.reach().getOrDefault(family, Double.POSITIVE_INFINITY));
    }

    boolean isEnough() {
        return seen <= wanted;
    }

    /** Returns the finding, undecided where its detector could not have seen what it is to see: nothing found proves little then. */
    Finding hold(Finding finding, String remedy) {
        return isEnough()
                ? finding
                : finding.as(
                        Result.UNDECIDED,
                        String.format(
                                Locale.ROOT,
                                "the smallest change that it would have seen is %.2g, and 'reach' of gate.yaml wants %s: %s",
                                seen,
                                BigDecimal.valueOf(wanted).stripTrailingZeros().toPlainString(),
                                remedy));
    }

    /** Tells the remedy for whole runs. */
    static String remedy(OptionalInt runs, double items) {
        if (Double.isInfinite(items)) {
            return "unchanged runs lie as far apart as that; find what makes their noise, or want less";
        }
        String more = "about " + times(items) + " times the prompts";
        return runs.isPresent() ? runs.getAsInt() + " approved runs in all would do, or " + more : more + " would do";
    }

    static String times(double items) {
        return String.format(Locale.ROOT, "%.1f", Math.ceil(10 * items) / 10);
    }
}
