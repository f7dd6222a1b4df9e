package dev.lockstep.stats;

import dev.lockstep.stats.TestResult.Reason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What several statistics of the same samples say together.
 *
 * @param test the smallest p-value of one statistic, and the p-value of seeing one so small
 * @param statistics what each says by itself
 * @param adjusted for each its p-value within the family; the smallest is the family's
 */
public record FamilyResult(TestResult test, List<PermutationResult> statistics, List<Double> adjusted) {

    /** Copies the lists. */
    public FamilyResult {
        statistics = List.copyOf(statistics);
        adjusted = List.copyOf(adjusted);
    }

    static FamilyResult of(NullDistribution family) {
        List<PermutationResult> results =
                IntStream.range(0, family.statistics()).mapToObj(family::result).toList();
        List<Double> adjusted = adjusted(family, results);
        double smallest =
                results.stream().mapToDouble(each -> each.test().pValue()).min().orElse(1);
        double p = adjusted.stream().mapToDouble(Double::doubleValue).min().orElse(1);
        return new FamilyResult(new TestResult(smallest, p, reason(results)), results, adjusted);
    }

    /** Statistics that could not be tested neither help nor harm the others. */
    private static List<Double> adjusted(NullDistribution family, List<PermutationResult> results) {
        int[] tested = IntStream.range(0, results.size())
                .filter(i -> results.get(i).test().reason() == Reason.TESTED)
                .toArray();
        double[] p = WestfallYoung.adjusted(
                IntStream.of(tested).mapToObj(family::values).toArray(double[][]::new));
        List<Double> adjusted = new ArrayList<>(Collections.nCopies(results.size(), 1.0));
        for (int i = 0; i < tested.length; i++) {
            adjusted.set(tested[i], p[i]);
        }
        return adjusted;
    }

    /** The family is tested where one statistic is. */
    private static Reason reason(List<PermutationResult> results) {
        return results.stream()
                .map(each -> each.test().reason())
                .min(Comparator.naturalOrder())
                .orElse(Reason.TOO_FEW);
    }
}
