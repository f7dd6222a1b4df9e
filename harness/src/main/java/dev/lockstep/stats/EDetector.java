package dev.lockstep.stats;

import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Evidence gathered over nights for a change at an unknown night.
 *
 * <p>An alarm when a path reaches A comes, while nothing changes, after A nights or more on average. That holds when every
 * e-value has an expectation of at most 1 given the nights before; a small shared baseline breaks it, so an alarm asks for a
 * closer look and fails nothing.
 *
 * <p>Source: Shin, Ramdas and Rinaldo, "E-detectors: a nonparametric framework for sequential change detection", 2023.
 */
public final class EDetector {

    private EDetector() {}

    /**
     * Returns the path of the e-CUSUM, M = max(M, 1) · e from M = 0.
     *
     * @param eValues by night, 0 or more
     * @return after each night, at most {@link Double#MAX_VALUE}
     */
    public static double[] cusum(double[] eValues) {
        double[] path = new double[eValues.length];
        double before = 0;
        for (int night = 0; night < path.length; night++) {
            before = Math.min(Math.max(before, 1) * checked(eValues[night]), Double.MAX_VALUE);
            path[night] = before;
        }
        return path;
    }

    /**
     * Returns the path of Shiryaev and Roberts, S = (S + 1) · e from S = 0.
     *
     * @param eValues by night, 0 or more
     * @return after each night, at most {@link Double#MAX_VALUE}
     */
    public static double[] shiryaevRoberts(double[] eValues) {
        double[] path = new double[eValues.length];
        double before = 0;
        for (int night = 0; night < path.length; night++) {
            before = Math.min((before + 1) * checked(eValues[night]), Double.MAX_VALUE);
            path[night] = before;
        }
        return path;
    }

    /** Returns the first night, counted from 0, on which a path reaches the threshold. */
    public static OptionalInt alarm(double[] path, double threshold) {
        return IntStream.range(0, path.length)
                .filter(night -> path[night] >= threshold)
                .findFirst();
    }

    private static double checked(double eValue) {
        return Math.min(Domain.notNegative("e-value", eValue), Double.MAX_VALUE);
    }
}
