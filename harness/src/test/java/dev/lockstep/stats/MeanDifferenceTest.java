package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MeanDifferenceTest {
    private static final Permutations PERMUTATIONS = Permutations.seeded(11);

    @Test
    void gives_the_exact_two_sample_p_value() {
        MeanDifference means = MeanDifference.of(new double[] {1, 2, 3, 4}, new double[] {3, 5, 6, 7});

        PermutationResult result = PERMUTATIONS.test(means);

        assertThat(result.test().pValue()).isCloseTo(.0857142857142857, within(1e-15));
        assertThat(result.test().statistic()).isEqualTo(2.75);
        assertThat(result.arrangements()).isEqualTo(new Arrangements(69, true, 11));
        assertThat(means.difference()).isEqualTo(2.75);
    }

    @Test
    void exchanges_labels_within_strata_only() {
        // Within strata the arms differ by 1 everywhere; across strata by 100: the prompts are not exchangeable.
        double[][] first = {{0, 0}, {100, 100}, {200, 200}};
        double[][] second = {{1, 1}, {101, 101}, {201, 201}};

        TestResult test = PERMUTATIONS.test(MeanDifference.of(first, second)).test();

        // Only the observed arrangement and its mirror image are so far apart: 2 of 6³.
        assertThat(test).isEqualTo(new TestResult(1, 2 / 216.0, TestResult.Reason.TESTED));
    }

    @Test
    void gives_each_stratum_equal_weight() {
        double[][] first = {{0}, {0, 0, 0, 0}};
        double[][] second = {{1}, {0, 0, 0, 0}};

        assertThat(MeanDifference.of(first, second).difference()).isEqualTo(.5);
    }

    @Test
    void leaves_out_a_stratum_without_values_in_an_arm() {
        double[][] first = {{1, 2, 3, 4}, {}, {5}};
        double[][] second = {{3, 5, 6, 7}, {9}, {}};

        TestResult test = PERMUTATIONS.test(MeanDifference.of(first, second)).test();

        assertThat(test.statistic()).isEqualTo(2.75);
        assertThat(test.pValue()).isCloseTo(.0857142857142857, within(1e-15));
    }

    @Test
    void calls_equal_values_identical() {
        assertThat(PERMUTATIONS
                        .test(MeanDifference.of(new double[] {1, 2, 3}, new double[] {1, 2, 3}))
                        .test())
                .isEqualTo(new TestResult(0, 1, TestResult.Reason.IDENTICAL));
        assertThat(PERMUTATIONS
                        .test(MeanDifference.of(new double[] {4, 4, 4}, new double[] {4, 4}))
                        .test())
                .isEqualTo(new TestResult(0, 1, TestResult.Reason.IDENTICAL));
    }

    @Test
    void says_where_values_are_too_few() {
        assertThat(PERMUTATIONS
                        .test(MeanDifference.of(new double[0], new double[] {1, 2}))
                        .test())
                .isEqualTo(new TestResult(0, 1, TestResult.Reason.TOO_FEW));
        assertThat(PERMUTATIONS
                        .test(MeanDifference.of(new double[] {1}, new double[] {2}))
                        .test())
                .isEqualTo(new TestResult(1, 1, TestResult.Reason.TOO_FEW));
        assertThat(PERMUTATIONS
                        .test(MeanDifference.of(new double[0][], new double[0][]))
                        .test())
                .isEqualTo(new TestResult(0, 1, TestResult.Reason.TOO_FEW));
    }

    @Test
    void takes_lengths_of_answers() {
        int[][][] tokens = {{{1, 2}, {}}, {{7}}};

        assertThat(MeanDifference.lengths(tokens)).isDeepEqualTo(new double[][] {{2, 0}, {1}});
    }

    @Test
    void rejects_what_is_no_number() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MeanDifference.of(new double[] {1}, new double[] {Double.POSITIVE_INFINITY}))
                .withMessage("values[1] must be a finite number, is Infinity");
    }

    @Test
    void rejects_a_plan_without_a_draw() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Permutations(1, 0))
                .withMessage("needs at least 1 draw, has 0");
    }

    @Test
    void keeps_its_level_on_rates_of_unequal_prompts() {
        long seed = 20_261_123;
        Random random = new Random(seed);
        int tests = 2_000;
        int rejected = 0;
        for (int test = 0; test < tests; test++) {
            MeanDifference rates = MeanDifference.of(rates(random, 10), rates(random, 10));
            if (new Permutations(test, 99).test(rates).test().pValue() <= .05) {
                rejected++;
            }
        }
        // Never above the level; ties between rates keep it a little below.
        assertThat(rejected / (double) tests).as("seed %d", seed).isBetween(.02, .065);
    }

    private static double[][] rates(Random random, int samples) {
        double[][] rates = new double[6][samples];
        for (int prompt = 0; prompt < rates.length; prompt++) {
            double chance = (prompt + 1) / 8.0;
            Arrays.setAll(rates[prompt], i -> random.nextDouble() < chance ? 1 : 0);
        }
        return rates;
    }
}
