package dev.lockstep.stats;

/**
 * The chance that a test of McNemar rejects: its power, or its size when the effect is 0.
 *
 * <p>Exact: losses and gains are trinomial, and every outcome is tested.
 *
 * <p>Source: the exact distribution of the table, as in S. W. Duffy, Biometrics 40 (1984).
 */
public final class McNemarPower {

    private McNemarPower() {}

    /**
     * Returns the chance that {@link McNemar#exact} rejects.
     *
     * @param items 1 or more
     * @param discordance share of items whose result flips, in [0, 1]
     * @param effect P(gain) − P(loss), in [−discordance, discordance]
     * @param alpha the level, in (0, 1)
     */
    public static double exact(int items, double discordance, double effect, double alpha) {
        Domain.between0And1("alpha", alpha);
        return new PairedOutcomes(items, discordance, effect)
                .chanceOfUneven((fewer, more) -> McNemar.exact(fewer, more).pValue() <= alpha);
    }

    /**
     * Returns the chance that {@link McNemar#midP} rejects.
     *
     * @param items 1 or more
     * @param discordance share of items whose result flips, in [0, 1]
     * @param effect P(gain) − P(loss), in [−discordance, discordance]
     * @param alpha the level, in (0, 1)
     */
    public static double midP(int items, double discordance, double effect, double alpha) {
        Domain.between0And1("alpha", alpha);
        return new PairedOutcomes(items, discordance, effect)
                .chanceOfUneven((fewer, more) -> McNemar.midP(fewer, more).pValue() <= alpha);
    }
}
