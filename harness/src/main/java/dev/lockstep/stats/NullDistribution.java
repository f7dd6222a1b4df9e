package dev.lockstep.stats;

import dev.lockstep.stats.TestResult.Reason;
import java.util.List;

/** The values of some statistics under the observed arrangement of two arms' labels, then under others. */
final class NullDistribution {
    private final List<? extends TwoArmStatistic> statistics;
    private final double[][] values;
    private final Arrangements arrangements;

    private NullDistribution(List<? extends TwoArmStatistic> statistics, double[][] values, Arrangements arrangements) {
        this.statistics = statistics;
        this.values = values;
        this.arrangements = arrangements;
    }

    static NullDistribution of(List<? extends TwoArmStatistic> statistics, Permutations permutations) {
        Strata strata = commonStrata(statistics);
        int all = strata.arrangements(Arrangements.ENUMERATED);
        boolean exact = all <= Arrangements.ENUMERATED;
        int others = exact ? all - 1 : permutations.draws();
        Walk walk = exact ? new Enumeration(strata) : new Shuffles(strata, permutations.random());
        double[][] values = values(statistics, walk, others + 1);
        return new NullDistribution(
                List.copyOf(statistics), values, new Arrangements(others, exact, permutations.seed()));
    }

    private static Strata commonStrata(List<? extends TwoArmStatistic> statistics) {
        if (statistics.isEmpty()) {
            throw new IllegalArgumentException("needs at least one statistic");
        }
        Strata strata = statistics.getFirst().strata();
        if (statistics.stream().anyMatch(each -> !each.strata().equals(strata))) {
            throw new IllegalArgumentException(
                    "statistics of one family must be of the same samples, their strata differ");
        }
        return strata;
    }

    private static double[][] values(List<? extends TwoArmStatistic> statistics, Walk walk, int arrangements) {
        double[][] values = new double[statistics.size()][arrangements];
        int[] order = statistics.getFirst().strata().observed();
        for (int arrangement = 0; arrangement < arrangements; arrangement++) {
            for (int i = 0; i < values.length; i++) {
                values[i][arrangement] = statistics.get(i).of(order);
            }
            walk.advance(order);
        }
        return values;
    }

    int statistics() {
        return values.length;
    }

    /** Returns the values of one statistic, the observed one first. */
    double[] values(int statistic) {
        return values[statistic].clone();
    }

    /** Returns what one statistic says by itself; one sample an arm is too few, for it may only change sides. */
    PermutationResult result(int statistic) {
        Reason reason = statistics.get(statistic).reason();
        boolean tooFew = reason == Reason.TESTED && arrangements.exact() && arrangements.count() < 2;
        return PermutationResult.of(values[statistic], tooFew ? Reason.TOO_FEW : reason, arrangements);
    }
}
