package dev.lockstep.stats;

/**
 * The t distribution of a mean that is not 0.
 *
 * <p>T = (Z + δ) / S with S² = χ²_ν/ν, so P(T > t) is the mean of Φ(δ − t·S). It is taken by the trapezoidal rule over ln S, which
 * converges exponentially for such smooth, decaying functions; the weights are normalised by their own sum.
 */
final class NoncentralT {
    private static final int POINTS = 2_000;

    private NoncentralT() {}

    /**
     * Returns P(T > t).
     *
     * @param freedom ν, positive
     * @param noncentrality δ
     */
    static double survival(double t, double freedom, double noncentrality) {
        double spread = 1 / Math.sqrt(2 * freedom);
        double from = -12 * spread - 40 / freedom;
        double step = (12 * spread - from) / POINTS;
        double total = 0;
        double above = 0;
        for (int i = 0; i <= POINTS; i++) {
            double logarithm = from + i * step;
            double weight = Math.exp(freedom * (logarithm - Math.expm1(2 * logarithm) / 2));
            total += weight;
            above += weight * StandardNormal.cumulative(noncentrality - t * Math.exp(logarithm));
        }
        return above / total;
    }
}
