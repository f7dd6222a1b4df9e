package dev.lockstep.stats;

/**
 * The evidence of discordant pairs against "each way is as likely", which may be looked at after every pair.
 *
 * <p>It is the likelihood ratio of a uniform mixture over all chances of a loss against ½: E = 2ⁿ / ((n+1) · C(n, losses)).
 * Stop and reject at level α when it reaches 1/α; that is valid at any time (Ville's inequality).
 *
 * <p>Source: Robbins, "Statistical methods related to the law of the iterated logarithm", 1970; Ramdas et al., "Game-theoretic
 * statistics and safe anytime-valid inference", Statistical Science 38 (2023).
 */
public final class EProcess {

    private EProcess() {}

    /**
     * Returns the evidence after some discordant pairs.
     *
     * @param pairs discordant pairs so far, 0 or more
     * @param losses how many of them went one way
     * @return above 0, 1 at the start; evidence beyond the range of a double is {@link Double#MAX_VALUE}
     */
    public static double after(int pairs, int losses) {
        if (losses < 0 || losses > pairs) {
            throw new IllegalArgumentException(losses + " losses of " + pairs + " pairs, expected 0 to " + pairs);
        }
        double log = 0;
        for (int i = 1; i <= losses; i++) {
            log += Math.log(2.0 * i / (i + 1));
        }
        for (int i = 1; i <= pairs - losses; i++) {
            log += Math.log(2.0 * i / (losses + i + 1));
        }
        return Math.min(Math.exp(log), Double.MAX_VALUE);
    }
}
