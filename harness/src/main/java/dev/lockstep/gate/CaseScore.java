package dev.lockstep.gate;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The score of one case in each run, as the mean over its repetitions.
 *
 * @param then in each approved run that holds the case, at least one, each in [0, 1]
 * @param now tonight's, in [0, 1]
 */
record CaseScore(List<Double> then, double now) {
    private static final double ROUNDING = 1e-12;

    CaseScore {
        then = List.copyOf(then);
    }

    /** Returns the mean over all approved runs: for answers that are right or wrong, the case's pass rate. */
    double before() {
        return Arrays.stream(approved()).average().orElse(0);
    }

    /** Returns tonight's score less that of before, −1 to 1. */
    double change() {
        return rounded(now - before());
    }

    /** Returns whether every run is all right or all wrong. */
    boolean isYesNo() {
        return Arrays.stream(all()).allMatch(CaseScore::isYesNo);
    }

    /** Returns whether the approved runs agree on right or wrong, and tonight is one of these, too. */
    boolean isSteady() {
        return isYesNo(before()) && isYesNo(now);
    }

    /** Returns whether the runs differ, so that it matters which of them is tonight's. */
    boolean isInformative() {
        return Arrays.stream(all()).distinct().count() > 1;
    }

    double[] approved() {
        return then.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private double[] all() {
        return DoubleStream.concat(Arrays.stream(approved()), DoubleStream.of(now))
                .toArray();
    }

    private static boolean isYesNo(double score) {
        return score == 0 || score == 1;
    }

    /** Equal scores have the mean of them but for rounding. */
    private static double rounded(double difference) {
        return Math.abs(difference) <= ROUNDING ? 0 : difference;
    }
}
