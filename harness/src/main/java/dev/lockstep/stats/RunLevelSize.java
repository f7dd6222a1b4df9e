package dev.lockstep.stats;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * How many runs or items {@link RunLevelT} needs to see a distance with probability .8, told from unchanged runs.
 *
 * <p>More runs narrow the quantiles of t and the error of the runs' mean; more items narrow the spread between runs by their square
 * root, as far as items do not share their noise. Neither moves the mean distance of unchanged runs, below which nothing is seen.
 *
 * <p>Source: none published; it solves {@link RunLevelT#detectable} for the number of runs, or for the spread between them.
 */
public final class RunLevelSize {
    private static final int MOST_RUNS = 100;

    private final int runs;
    private final double mean;
    private final double deviation;
    private final double level;

    /**
     * Takes what is known of unchanged runs.
     *
     * @param unchanged a positive distance for each calibration run, at least two
     * @param level of the test, in (0, 1)
     */
    public RunLevelSize(double[] unchanged, double level) {
        MeanEstimate logs =
                MeanEstimate.of(Arrays.stream(unchanged).map(RunLevelT::log).toArray());
        this.runs = unchanged.length;
        this.mean = logs.mean();
        this.deviation = logs.standardError() * Math.sqrt(unchanged.length);
        this.level = level;
    }

    /** Returns how many runs in all see a distance, if their spread stays; empty when not even {@value #MOST_RUNS} do. */
    public OptionalInt runs(double distance) {
        return IntStream.rangeClosed(runs, MOST_RUNS)
                .filter(many -> room(many) <= Math.log(distance) - mean)
                .findFirst();
    }

    /** Returns how many times the items see a distance; infinite when unchanged runs lie as far apart as that. */
    public double items(double distance) {
        double wanted = Math.log(distance) - mean;
        double times = room(runs) / wanted;
        return wanted <= 0 ? Double.POSITIVE_INFINITY : times * times;
    }

    /** By how much the logarithm of a distance must exceed the mean, to be seen beside so many runs. */
    private double room(int many) {
        return RunLevelT.quantiles(level, many - 1.0) * deviation * Math.sqrt(1 + 1.0 / many);
    }
}
