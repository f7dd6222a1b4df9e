package dev.lockstep.gate;

import dev.lockstep.stats.CochranMantelHaenszel;
import dev.lockstep.stats.McNemar;
import dev.lockstep.stats.MeanDifference;
import dev.lockstep.stats.Permutations;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Whether cases changed: case by case, tonight's score could be exchanged with that of any approved run, if nothing did.
 *
 * <p>A run counts once for each case, however often it repeats it. Where cases are right or wrong as a whole, this is the exact
 * test of Cochran, Mantel and Haenszel with the case as its stratum, and beside one approved run that of McNemar. Elsewhere the
 * scores themselves are exchanged, and the mean change is compared; beside one approved run these are sign flips of the changes.
 *
 * @param basis the test's name
 */
record CaseTest(String basis, double pValue) {
    private static final String PAIRS = "exact McNemar";
    private static final String YES_NO = "exact CMH";
    private static final String SCORES = "permutation within cases";

    /** Tests all cases; the same permutations give the same p-value. */
    static CaseTest of(ScoreCases cases, Permutations permutations) {
        if (!cases.areYesNo()) {
            return new CaseTest(SCORES, byScores(cases.informative(), permutations));
        }
        return cases.arePairs()
                ? new CaseTest(PAIRS, McNemar.exact(cases.fell(), cases.rose()).pValue())
                : new CaseTest(YES_NO, byCounts(cases.all()));
    }

    private static double byScores(List<CaseScore> cases, Permutations permutations) {
        if (cases.isEmpty()) {
            return 1;
        }
        double[][] now = cases.stream().map(each -> new double[] {each.now()}).toArray(double[][]::new);
        double[][] then = cases.stream().map(CaseScore::approved).toArray(double[][]::new);
        return permutations.test(MeanDifference.of(now, then)).test().pValue();
    }

    private static double byCounts(List<CaseScore> cases) {
        return CochranMantelHaenszel.exact(
                        counts(cases, each -> right(each.then())),
                        counts(cases, each -> each.then().size()),
                        counts(cases, each -> right(List.of(each.now()))),
                        counts(cases, each -> 1))
                .pValue();
    }

    private static int[] counts(List<CaseScore> cases, ToIntFunction<CaseScore> count) {
        return cases.stream().mapToInt(count).toArray();
    }

    private static int right(List<Double> scores) {
        return (int) scores.stream().filter(score -> score == 1).count();
    }
}
