package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.lockstep.stats.TestResult.Reason;
import org.junit.jupiter.api.Test;

class CramerVonMisesTest {

    @Test
    void gives_the_published_value_of_ten_numbers() {
        TestResult result = CramerVonMises.uniform(new double[] {.95, .1, .2, .35, .4, .5, .65, .7, .85, .9});

        assertThat(result.statistic()).isCloseTo(.0533333333333, withinPercentage(1e-7));
        assertThat(result.pValue()).isCloseTo(.866783163237, withinPercentage(1e-7));
        assertThat(result.reason()).isEqualTo(Reason.TESTED);
    }

    @Test
    void finds_numbers_that_keep_to_one_end() {
        TestResult result = CramerVonMises.uniform(new double[] {.01, .02, .05, .07, .2});

        assertThat(result.statistic()).isCloseTo(1.1925666666666663, withinPercentage(1e-7));
        // SciPy stops its series at terms of 1e-7
        assertThat(result.pValue()).isCloseTo(4.492702941405469e-05, within(2e-7));
    }

    @Test
    void has_answers_at_the_ends() {
        assertThat(CramerVonMises.uniform(new double[0])).isEqualTo(new TestResult(0, 1, Reason.TOO_FEW));
        assertThat(CramerVonMises.uniform(new double[] {.5}).pValue()).isEqualTo(1);
        assertThat(CramerVonMises.uniform(new double[] {0, 0, 0}).pValue()).isZero();
        assertThat(CramerVonMises.uniform(new double[1_000]).pValue()).isZero();
    }

    @Test
    void rejects_what_is_no_rank() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CramerVonMises.uniform(new double[] {.5, 1.5}))
                .withMessage("a value must lie in [0, 1], is 1.5");
    }
}
