package dev.lockstep.stats;

/**
 * Evidence against a hypothesis whose expectation is at most 1 while the hypothesis holds, so that it may be multiplied over
 * nights.
 *
 * <p>Source: Vovk and Wang, "E-values: calibration, combination and applications", Annals of Statistics 49 (2021), with the
 * calibrators κ·p^(κ−1) mixed uniformly over κ.
 */
public final class EValue {
    private static final double SMALL = 1e-2;

    private EValue() {}

    /**
     * Returns the e-value of a p-value: (1 − p + p·ln p) / (p·ln²p).
     *
     * @param p in [0, 1]
     * @return from ½ at p = 1 upwards; {@link Double#MAX_VALUE} at p = 0
     */
    public static double ofP(double p) {
        double x = -Math.log(Domain.probability("p-value", p));
        if (x < SMALL) {
            // The terms of the formula cancel near p = 1; this is its series.
            return 0.5 + x / 6 + x * x / 24 + x * x * x / 120 + x * x * x * x / 720;
        }
        return p == 0 ? Double.MAX_VALUE : Math.min((Math.expm1(x) - x) / (x * x), Double.MAX_VALUE);
    }
}
