package dev.lockstep.stats;

import java.util.Arrays;
import java.util.function.DoubleFunction;

/**
 * Tests that look at their data several times, after equal shares of it, and may stop at each look: the bounds of |z| that keep
 * the level of all looks together, and the chance to cross them.
 *
 * <p>O'Brien and Fleming's bounds are high at first and near the single test's at the end; Pocock's are the same at every look, and
 * stop large changes earlier. The level is exact for a normal statistic with independent increments; counts of few cases are no
 * such statistic, so take their exact p-values beside these bounds.
 *
 * <p>Sources: Armitage, McPherson and Rowe, "Repeated significance tests on accumulating data", Journal of the Royal Statistical
 * Society A 132 (1969), for the recursion; Pocock, Biometrika 64 (1977); O'Brien and Fleming, Biometrics 35 (1979). Reference values:
 * Jennison and Turnbull, "Group Sequential Methods with Applications to Clinical Trials" (2000), tables 2.1 and 2.3.
 */
public final class GroupSequential {
    private static final int MOST_LOOKS = 20;
    private static final double PRECISION = 1e-9;

    private GroupSequential() {}

    /**
     * Returns O'Brien and Fleming's bounds of |z|: C·√(K/k) at look k of K.
     *
     * @param looks 1 to 20
     * @param alpha two-sided level of all looks together, in (0, 1)
     */
    public static double[] obrienFleming(int looks, double alpha) {
        return bounds(looks, alpha, constant -> {
            double[] bounds = new double[looks];
            Arrays.setAll(bounds, look -> constant * Math.sqrt(looks / (look + 1.0)));
            return bounds;
        });
    }

    /**
     * Returns Pocock's bounds of |z|, the same at every look.
     *
     * @param looks 1 to 20
     * @param alpha two-sided level of all looks together, in (0, 1)
     */
    public static double[] pocock(int looks, double alpha) {
        return bounds(looks, alpha, constant -> {
            double[] bounds = new double[looks];
            Arrays.fill(bounds, constant);
            return bounds;
        });
    }

    /**
     * Returns for each look the chance that |z| reaches its bound there for the first time; the sum is the level, or the power.
     *
     * @param bounds of |z| at equally spaced looks, positive; 1 to 20
     * @param drift the expectation of z at the last look; 0 where nothing changed
     */
    public static double[] crossing(double[] bounds, double drift) {
        checked(bounds.length);
        Domain.finite("drift", new double[] {drift});
        double step = drift / Math.sqrt(bounds.length);
        double[] crossed = new double[bounds.length];
        UncrossedPaths paths = UncrossedPaths.start();
        for (int look = 0; look < bounds.length; look++) {
            double bound = Domain.positive("bound", bounds[look]) * Math.sqrt(look + 1.0);
            crossed[look] = paths.crossing(bound, step);
            paths = paths.within(bound, step);
        }
        return crossed;
    }

    /** Searches between the bound of one look and that of as many independent ones, between which the constant lies. */
    private static double[] bounds(int looks, double alpha, DoubleFunction<double[]> shape) {
        double tail = Domain.between0And1("alpha", alpha) / 2;
        double low = StandardNormal.upperQuantile(tail);
        double high = StandardNormal.upperQuantile(tail / checked(looks));
        while (high - low > PRECISION) {
            double middle = (low + high) / 2;
            boolean isTooLow = Arrays.stream(crossing(shape.apply(middle), 0)).sum() > alpha;
            low = isTooLow ? middle : low;
            high = isTooLow ? high : middle;
        }
        return shape.apply(high);
    }

    private static int checked(int looks) {
        if (looks < 1 || looks > MOST_LOOKS) {
            throw new IllegalArgumentException("looks must be 1 to " + MOST_LOOKS + ", are " + looks);
        }
        return looks;
    }
}
