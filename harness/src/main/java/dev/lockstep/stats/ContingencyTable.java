package dev.lockstep.stats;

import dev.lockstep.stats.TestResult.Reason;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.commons.statistics.inference.ChiSquareTest;
import org.apache.commons.statistics.inference.GTest;
import org.apache.commons.statistics.inference.SignificanceResult;

/**
 * Tests whether the rows of a table of counts share one distribution over the columns, asymptotically.
 *
 * <p>Shape: one row for each side, one column for each category. Rows and columns of zeros are left out; fewer than two rows then
 * give p = 1, {@link Reason#TOO_FEW}; equal rows, or a single column, p = 1, {@link Reason#IDENTICAL}. Source: Commons Statistics.
 */
public final class ContingencyTable {

    private ContingencyTable() {}

    /**
     * Returns Pearson's test.
     *
     * @param counts rows of equal length, 0 or more
     * @return the statistic is χ²
     */
    public static TestResult chiSquare(long[][] counts) {
        return test(counts, table -> ChiSquareTest.withDefaults().test(table));
    }

    /**
     * Returns the likelihood-ratio test.
     *
     * @param counts rows of equal length, 0 or more
     * @return the statistic is G
     */
    public static TestResult g(long[][] counts) {
        return test(counts, table -> GTest.withDefaults().test(table));
    }

    private static TestResult test(long[][] counts, Function<long[][], SignificanceResult> test) {
        requireTable(counts);
        long[][] rows = Arrays.stream(counts).filter(ContingencyTable::isUsed).toArray(long[][]::new);
        if (rows.length < 2) {
            return new TestResult(0, 1, Reason.TOO_FEW);
        }
        long[][] table = transposed(
                Arrays.stream(transposed(rows)).filter(ContingencyTable::isUsed).toArray(long[][]::new));
        if (Arrays.stream(table).allMatch(row -> row.length == 1 || Arrays.equals(row, table[0]))) {
            return new TestResult(0, 1, Reason.IDENTICAL);
        }
        SignificanceResult result = test.apply(table);
        return new TestResult(Math.max(0, result.getStatistic()), result.getPValue(), Reason.TESTED);
    }

    private static boolean isUsed(long[] line) {
        return Arrays.stream(line).anyMatch(count -> count > 0);
    }

    private static long[][] transposed(long[][] table) {
        return IntStream.range(0, table[0].length)
                .mapToObj(column ->
                        Arrays.stream(table).mapToLong(row -> row[column]).toArray())
                .toArray(long[][]::new);
    }

    private static void requireTable(long[][] counts) {
        for (long[] row : counts) {
            Domain.sameLength("rows", counts[0].length, row.length);
            if (Arrays.stream(row).anyMatch(count -> count < 0)) {
                throw new IllegalArgumentException("counts must not be negative: " + Arrays.toString(row));
            }
        }
    }
}
