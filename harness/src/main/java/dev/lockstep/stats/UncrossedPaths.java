package dev.lockstep.stats;

/**
 * Where the sum of independent normal increments lies of those paths that stayed within their bounds so far: masses at places,
 * such that their sum over places is an integral by Simpson's rule.
 */
final class UncrossedPaths {
    private static final double SPACING = 0.05;
    private static final double PEAK = 1 / Math.sqrt(2 * Math.PI);

    private final double[] places;
    private final double[] masses;

    private UncrossedPaths(double[] places, double[] masses) {
        this.places = places;
        this.masses = masses;
    }

    /** Returns all paths before their first increment, at 0. */
    static UncrossedPaths start() {
        return new UncrossedPaths(new double[] {0}, new double[] {1});
    }

    /** Returns the chance that a path is still uncrossed and leaves [−bound, bound] with its next increment of this mean. */
    double crossing(double bound, double mean) {
        double chance = 0;
        for (int i = 0; i < places.length; i++) {
            double next = places[i] + mean;
            chance += masses[i] * (StandardNormal.survival(bound - next) + StandardNormal.cumulative(-bound - next));
        }
        return chance;
    }

    /** Returns the paths that the next increment of this mean leaves in [−bound, bound]. */
    UncrossedPaths within(double bound, double mean) {
        int intervals = 2 * (int) Math.ceil(bound / SPACING);
        double width = 2 * bound / intervals;
        double[] at = new double[intervals + 1];
        double[] mass = new double[intervals + 1];
        for (int i = 0; i <= intervals; i++) {
            at[i] = -bound + i * width;
            mass[i] = weight(i, intervals) * width / 3 * density(at[i] - mean);
        }
        return new UncrossedPaths(at, mass);
    }

    private static int weight(int place, int intervals) {
        if (place == 0 || place == intervals) {
            return 1;
        }
        return place % 2 == 1 ? 4 : 2;
    }

    private double density(double x) {
        double density = 0;
        for (int i = 0; i < places.length; i++) {
            double distance = x - places[i];
            density += masses[i] * PEAK * Math.exp(-distance * distance / 2);
        }
        return density;
    }
}
