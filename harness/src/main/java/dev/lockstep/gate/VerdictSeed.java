package dev.lockstep.gate;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.document.Sha256;
import dev.lockstep.stats.Permutations;

/** The arrangements of a verdict follow from lock and run, so that it can be computed again. */
final class VerdictSeed {
    private static final int HEX_DIGITS = 15;

    private VerdictSeed() {}

    static long of(Baseline baseline, Tonight tonight) {
        String digest =
                Sha256.of(baseline.lockId() + "\n" + tonight.log().header().runId());
        return Long.parseLong(digest.substring(0, HEX_DIGITS), 16);
    }

    static Permutations permutations(Baseline baseline, Tonight tonight) {
        return Permutations.seeded(of(baseline, tonight));
    }
}
