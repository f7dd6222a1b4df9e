package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.lockstep.stats.TestResult.Reason;
import org.junit.jupiter.api.Test;

class ContingencyTableTest {
    private static final long[][] SMALL = {{10, 10, 20}, {20, 20, 20}};
    private static final long[][] PARTIES = {{762, 327, 468}, {484, 239, 477}};

    @Test
    void gives_the_published_values_of_pearson() {
        assertTested(ContingencyTable.chiSquare(SMALL), 2.77777777778, .249352208777);
        assertTested(ContingencyTable.chiSquare(PARTIES), 30.0701490957547, 2.9535891832e-7);
    }

    @Test
    void gives_the_published_values_of_the_likelihood_ratio() {
        assertTested(ContingencyTable.g(SMALL), 2.76885876168, .250466680110);
        // published with eight digits, 3.0335978e-7; two more of SciPy's
        assertTested(ContingencyTable.g(PARTIES), 30.0166926132, 3.033597911e-7);
    }

    @Test
    void leaves_out_empty_rows_and_columns() {
        long[][] gaps = {{10, 0, 10, 20}, {0, 0, 0, 0}, {20, 0, 20, 20}};

        assertTested(ContingencyTable.chiSquare(gaps), 2.77777777778, .249352208777);
        assertTested(ContingencyTable.g(gaps), 2.76885876168, .250466680110);
    }

    @Test
    void calls_equal_rows_and_a_single_column_identical() {
        TestResult identical = new TestResult(0, 1, Reason.IDENTICAL);

        assertThat(ContingencyTable.chiSquare(new long[][] {{3, 4, 5}, {3, 4, 5}}))
                .isEqualTo(identical);
        assertThat(ContingencyTable.g(new long[][] {{3, 0}, {7, 0}})).isEqualTo(identical);
    }

    @Test
    void says_nothing_of_fewer_than_two_sides() {
        TestResult tooFew = new TestResult(0, 1, Reason.TOO_FEW);

        assertThat(ContingencyTable.chiSquare(new long[0][])).isEqualTo(tooFew);
        assertThat(ContingencyTable.chiSquare(new long[][] {{3, 4}, {0, 0}})).isEqualTo(tooFew);
        assertThat(ContingencyTable.g(new long[][] {{0, 0}, {0, 0}})).isEqualTo(tooFew);
    }

    @Test
    void keeps_tiny_tails() {
        assertThat(ContingencyTable.chiSquare(new long[][] {{200, 0}, {0, 200}}).pValue())
                .isBetween(1e-90, 1e-80);
    }

    @Test
    void rejects_what_is_no_table_of_counts() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ContingencyTable.chiSquare(new long[][] {{1, 2}, {1}}))
                .withMessage("rows must have the same length, have 2 and 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ContingencyTable.g(new long[][] {{1, 2}, {1, -2}}))
                .withMessage("counts must not be negative: [1, -2]");
    }

    private static void assertTested(TestResult result, double statistic, double p) {
        assertThat(result.statistic()).isCloseTo(statistic, withinPercentage(1e-7));
        assertThat(result.pValue()).isCloseTo(p, withinPercentage(1e-7));
        assertThat(result.reason()).isEqualTo(Reason.TESTED);
    }
}
