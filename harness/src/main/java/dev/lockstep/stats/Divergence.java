package dev.lockstep.stats;

import java.util.Arrays;

/**
 * Distances between two discrete distributions over the same outcomes, in nats where they are logarithmic.
 *
 * <p>Source: T. M. Cover, J. A. Thomas, Elements of Information Theory (2006), chapter 2; J. Lin, IEEE Transactions on Information
 * Theory 37 (1991), for the divergence of Jensen and Shannon.
 */
public final class Divergence {

    private Divergence() {}

    /**
     * Returns the divergence of Kullback and Leibler, Σ p ln(p/q).
     *
     * @param p probabilities, each 0 or more
     * @param q probabilities of the same outcomes
     * @return 0 or more; infinite where p has an outcome that q excludes
     */
    public static double kullbackLeibler(double[] p, double[] q) {
        check(p, q);
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            if (p[i] > 0) {
                sum += p[i] * Math.log(p[i] / q[i]);
            }
        }
        return Math.max(0, sum);
    }

    /**
     * Returns the total variation, ½ Σ |p − q|.
     *
     * @return in [0, 1] for probabilities that sum to 1
     */
    public static double totalVariation(double[] p, double[] q) {
        check(p, q);
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            sum += Math.abs(p[i] - q[i]);
        }
        return sum / 2;
    }

    /**
     * Returns the divergence of Jensen and Shannon: the mean divergence of both from their mixture.
     *
     * @return in [0, ln 2] for probabilities that sum to 1
     */
    public static double jensenShannon(double[] p, double[] q) {
        check(p, q);
        double[] mixture = new double[p.length];
        Arrays.setAll(mixture, i -> (p[i] + q[i]) / 2);
        return (kullbackLeibler(p, mixture) + kullbackLeibler(q, mixture)) / 2;
    }

    private static void check(double[] p, double[] q) {
        Domain.sameLength("p and q", p.length, q.length);
        Domain.finite("p", p);
        Domain.finite("q", q);
        for (int i = 0; i < p.length; i++) {
            Domain.notNegative("p[" + i + "]", p[i]);
            Domain.notNegative("q[" + i + "]", q[i]);
        }
    }
}
