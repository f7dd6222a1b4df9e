package dev.lockstep.stack;

import dev.lockstep.lock.Check;
import dev.lockstep.stats.Permutations;
import java.util.List;
import java.util.Locale;

/**
 * Compares the log-probabilities of lock time with those of now.
 *
 * <p>Bit by bit where the lock holds the stack to that, and both sides repeat themselves. Else repetitions of one start tell how it
 * repeats itself, and not how another start does: what differs must lie farther apart than repetitions do by a permutation test,
 * and farther than the noise band.
 *
 * @param invariant whether the lock holds the stack to answers that repeat bit by bit
 * @param seed of the test's random arrangements
 */
record LogprobComparison(Logprobs then, boolean invariant, long seed) {
    /** What another start of the same stack may compute in another order, in nats; starts of a GPU server differ by so much. */
    private static final double OTHER_START = .01;

    private static final double LEVEL = .01;

    /**
     * What came of it.
     *
     * @param expected the locked side in words
     * @param found the other side in words
     * @param note figures
     */
    record Result(Check.Outcome outcome, String expected, String found, String note) {
        static Result same(String found, String note) {
            return new Result(Check.Outcome.MATCH, "as recorded", found, note);
        }
    }

    /** Tells whether every answer is one that was recorded, bit by bit, so that nothing needs to be asked again. */
    boolean isRecorded(Logprobs now) {
        return then.answers().entrySet().stream()
                .allMatch(prompt ->
                        prompt.getValue().containsAll(now.answers().getOrDefault(prompt.getKey(), List.of())));
    }

    Result compare(Logprobs now) {
        if (isRecorded(now)) {
            return Result.same("equal", "bit by bit");
        }
        PromptDistances distances = PromptDistances.between(then, now);
        if (invariant && then.repeatBitByBit() && now.repeatBitByBit()) {
            return new Result(
                    Check.Outcome.MISMATCH,
                    "equal",
                    nats(distances.across()) + " from it",
                    "mean |Δ log-probability|; both repeat themselves bit by bit");
        }
        return byTest(distances);
    }

    private Result byTest(PromptDistances distances) {
        double p = Permutations.seeded(seed).test(distances.statistic()).test().pValue();
        double band = Math.max(OTHER_START, distances.within());
        String figures = "mean |Δ log-probability| " + nats(distances.across()) + ", noise band " + nats(band)
                + String.format(Locale.ROOT, ", p = %.4f", p);
        return p <= LEVEL && distances.across() > band
                ? new Result(
                        Check.Outcome.MISMATCH, "within " + nats(band), nats(distances.across()) + " from it", figures)
                : Result.same("within the noise", figures);
    }

    private static String nats(double value) {
        return String.format(Locale.ROOT, "%.4f nats", value);
    }
}
