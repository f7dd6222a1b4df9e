package dev.lockstep.stats;

import dev.lockstep.stats.TestResult.Reason;
import java.util.Arrays;

/**
 * The test of Cramér and von Mises: do numbers between 0 and 1, such as percentile ranks, come from the uniform distribution?
 *
 * <p>p is the limit for many values with its first correction for n of them, as in SciPy's {@code cramervonmises}; where a value is
 * as extreme as can be the correction oversteps, and p is held in [0, 1].
 *
 * <p>Source: S. Csörgő, J. J. Faraway, JRSS B 58 (1996), equations (1.2), (1.8) and (1.10).
 */
public final class CramerVonMises {
    private static final double NEGLIGIBLE = 1e-12;

    private CramerVonMises() {}

    /**
     * Returns the test.
     *
     * @param values in [0, 1]; none gives p = 1, {@link Reason#TOO_FEW}
     * @return the statistic is ω² = 1/(12n) + Σ ((2i−1)/(2n) − x₍ᵢ₎)²
     */
    public static TestResult uniform(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        if (n == 0) {
            return new TestResult(0, 1, Reason.TOO_FEW);
        }
        double statistic = 1 / (12.0 * n);
        for (int i = 0; i < n; i++) {
            double gap = (2 * i + 1) / (2.0 * n) - Domain.probability("a value", sorted[i]);
            statistic += gap * gap;
        }
        return new TestResult(statistic, Math.clamp(1 - cumulative(statistic, n), 0, 1), Reason.TESTED);
    }

    private static double cumulative(double x, int n) {
        // The statistic lies between 1/(12n), when the values are spread evenly, and n/3, when all lie at one end.
        if (x >= n / 3.0) {
            return 1;
        }
        return x <= 1 / (12.0 * n) ? 0 : series(x, n);
    }

    private static double series(double x, int n) {
        // Γ(k+½)/k!, by its recursion.
        double ratio = Math.sqrt(Math.PI);
        double sum = 0;
        double term = 1;
        for (int k = 0; k == 0 || Math.abs(term) > NEGLIGIBLE; k++) {
            double limit = limitTerm(k, x) * (1 + 1 / (12.0 * n));
            term = ratio * (limit - correctionTerm(k, x) / (Math.PI * n));
            sum += term;
            ratio *= (k + 0.5) / (k + 1);
        }
        return sum;
    }

    private static double limitTerm(int k, double x) {
        double y = 4 * k + 1;
        double z = y * y / (16 * x);
        return Math.sqrt(y) * Math.exp(-z) * BesselK.of(0.25, z) / (Math.pow(Math.PI, 1.5) * Math.sqrt(x));
    }

    private static double correctionTerm(int k, double x) {
        double scale = 2 * Math.sqrt(x);
        double lower = (4 * k + 1) / scale;
        double middle = (4 * k + 3) / scale;
        double upper = (4 * k + 5) / scale;
        double odd = 2 * k + 1;
        double ofThree = odd * (cylinder3(middle) / 9 + 7 * (cylinder3(lower) + cylinder3(upper)) / 144);
        double ofFive = cylinder5(lower) / 72 + (odd + 2) * (k + 0.5) * cylinder5(upper) / 6;
        return ofThree / Math.pow(x, 0.75) + ofFive / Math.pow(x, 1.25);
    }

    /** Returns exp(−y²/4)·D(y) of the parabolic cylinder function of order 3/2. */
    private static double cylinder3(double y) {
        double z = y * y / 4;
        double bessel = BesselK.of(0.25, z) + BesselK.of(0.75, z);
        return Math.exp(-z) * Math.pow(y / 2, 1.5) * bessel / Math.sqrt(Math.PI);
    }

    /** Returns exp(−y²/4)·D(y) of the parabolic cylinder function of order 5/2. */
    private static double cylinder5(double y) {
        double z = y * y / 4;
        double bessel = 2 * BesselK.of(0.25, z) + 3 * BesselK.of(0.75, z) - BesselK.of(1.25, z);
        return Math.exp(-z) * Math.pow(y / 2, 2.5) * bessel / Math.sqrt(Math.PI);
    }
}
