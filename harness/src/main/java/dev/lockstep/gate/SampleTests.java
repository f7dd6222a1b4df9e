package dev.lockstep.gate;

import dev.lockstep.stats.Similarity;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the statistics of sampled answers say together.
 *
 * @param basis how they were tested
 * @param pValue of seeing the least of their p-values, or a lesser one
 * @param each the statistics, the most telling first
 */
record SampleTests(DriftRule.Basis basis, double pValue, List<SampleTest> each) {
    static final Similarity SIMILARITY = Similarity.hamming();
    private static final double MOVED = .05;

    SampleTests {
        each = each.stream()
                .sorted(Comparator.comparingDouble(SampleTest::pValue))
                .toList();
    }

    /** Tells what moved by itself, and in any case what moved most. */
    String effect() {
        double told = Math.max(MOVED, each.getFirst().pValue());
        return each.stream()
                        .filter(one -> one.pValue() <= told)
                        .map(SampleTest::told)
                        .collect(Collectors.joining(", "))
                + "; the p-value counts that " + each.size() + " statistics were looked at";
    }

    /**
     * Returns the smallest change of similarity that would have been seen; 0 where it is without an error.
     *
     * @param level of all statistics together
     */
    double similarity(double level) {
        return each.stream()
                .filter(one -> one.name().equals(SampleTest.SIMILARITY))
                .mapToDouble(one -> one.detectable(level / each.size()))
                .max()
                .orElse(0);
    }

    /**
     * Returns the smallest changes of similarity and length that would have been seen; empty where both are without an error.
     *
     * @param level of all statistics together
     */
    String reach(double level) {
        return each.stream()
                .filter(one ->
                        one.name().equals(SampleTest.SIMILARITY) || one.name().equals(SampleMetric.LENGTH.words()))
                .filter(one -> one.error() > 0)
                .sorted(Comparator.comparing(SampleTest::name).reversed())
                .map(one -> one.reach(level / each.size()))
                .collect(Collectors.joining(", "));
    }
}
