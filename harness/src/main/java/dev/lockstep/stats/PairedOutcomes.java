package dev.lockstep.stats;

import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * All outcomes of paired yes/no items and their probabilities: losses and gains are trinomial.
 *
 * @param items 1 or more
 * @param discordance chance that an item's result changes, in [0, 1]
 * @param effect P(gain) − P(loss), in [−discordance, discordance]
 */
record PairedOutcomes(int items, double discordance, double effect) {
    PairedOutcomes {
        Domain.positive("items", items);
        Domain.probability("discordance", discordance);
        if (!(Math.abs(effect) <= discordance)) {
            throw new IllegalArgumentException(
                    "effect must not be larger than the discordance " + discordance + ", is " + effect);
        }
    }

    /** Says of two counts whether they are among those asked for. */
    @FunctionalInterface
    interface Rule {
        boolean holds(int first, int second);
    }

    /** Returns the probability of all outcomes whose gains and losses obey the rule. */
    double chance(Rule rule) {
        return BinomialBulk.expected(
                items,
                discordance,
                flips -> BinomialBulk.expected(flips, gain(), gains -> rule.holds(gains, flips - gains) ? 1 : 0));
    }

    /**
     * Returns the probability of all outcomes whose smaller and larger count obey the rule.
     *
     * @param rule holds for uneven counts only, and for all that are more uneven than ones for which it holds
     */
    double chanceOfUneven(Rule rule) {
        return BinomialBulk.expected(items, discordance, flips -> {
            int most = mostOfTheSmaller(flips, rule);
            BinomialDistribution gains = BinomialDistribution.of(flips, gain());
            return most < 0 ? 0 : gains.cumulativeProbability(most) + gains.survivalProbability(flips - most - 1);
        });
    }

    /** Returns the largest smaller count for which the rule holds, −1 if there is none, by bisection. */
    private static int mostOfTheSmaller(int flips, Rule rule) {
        int holds = -1;
        int fails = flips / 2 + 1;
        while (fails - holds > 1) {
            int middle = (holds + fails) >>> 1;
            boolean does = rule.holds(middle, flips - middle);
            holds = does ? middle : holds;
            fails = does ? fails : middle;
        }
        return holds;
    }

    private double gain() {
        return discordance == 0 ? 0 : Math.clamp((1 + effect / discordance) / 2, 0, 1);
    }
}
