package dev.lockstep.stats;

/**
 * The modified Bessel function of the second kind: K_ν(z) = ∫₀^∞ exp(−z·cosh t)·cosh(νt) dt.
 *
 * <p>The trapezoidal rule converges exponentially here, as the integrand decays doubly exponentially.
 */
final class BesselK {
    private static final double STEP = 0.02;
    private static final double END = 15;

    private BesselK() {}

    /**
     * Returns K of {@code order} at {@code z}.
     *
     * @param z positive, not below 1e-3
     */
    static double of(double order, double z) {
        double sum = Math.exp(-z) / 2;
        for (double t = STEP; t < END; t += STEP) {
            sum += Math.exp(-z * Math.cosh(t)) * Math.cosh(order * t);
        }
        return sum * STEP;
    }
}
