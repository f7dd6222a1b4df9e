package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FamilyResultTest {
    private static final Permutations PERMUTATIONS = Permutations.seeded(19);

    @Test
    void gives_each_statistic_the_p_value_it_has_by_itself() {
        Random random = new Random(1);
        List<TwoArmStatistic> statistics = statistics(Answers.of(random, .5), Answers.of(random, .8));

        FamilyResult family = PERMUTATIONS.family(statistics);

        assertThat(family.statistics())
                .containsExactlyElementsOf(
                        statistics.stream().map(PERMUTATIONS::test).toList());
        assertThat(family.test().statistic()).isEqualTo(1e-4);
        assertThat(family.test().pValue()).isBetween(1e-4, 3e-4);
        assertThat(family.test().reason()).isEqualTo(TestResult.Reason.TESTED);
        assertThat(family.adjusted()).hasSize(3).contains(family.test().pValue());
    }

    @Test
    void lets_a_statistic_that_cannot_be_tested_neither_help_nor_harm() {
        Random random = new Random(2);
        int[][][] first = Answers.of(random, .6);
        int[][][] second = Answers.of(random, .6);
        TwoArmStatistic lengths = MeanDifference.of(MeanDifference.lengths(first), MeanDifference.lengths(second));
        TwoArmStatistic refusals = MeanDifference.of(new double[5][6], new double[5][6]);

        FamilyResult family = PERMUTATIONS.family(List.of(lengths, refusals));

        double alone = PERMUTATIONS.test(lengths).test().pValue();
        assertThat(family.test()).isEqualTo(new TestResult(alone, alone, TestResult.Reason.TESTED));
        assertThat(family.adjusted()).containsExactly(alone, 1.0);
    }

    @Test
    void calls_equal_answers_identical() {
        int[][][] answers = Answers.of(new Random(3), .6);

        FamilyResult family = PERMUTATIONS.family(statistics(answers, answers));

        assertThat(family.test()).isEqualTo(new TestResult(1, 1, TestResult.Reason.IDENTICAL));
        assertThat(family.adjusted()).containsExactly(1.0, 1.0, 1.0);
    }

    @Test
    void says_where_samples_are_too_few() {
        FamilyResult family = PERMUTATIONS.family(statistics(new int[][][] {{}}, new int[][][] {{}}));

        assertThat(family.test()).isEqualTo(new TestResult(1, 1, TestResult.Reason.TOO_FEW));
    }

    @Test
    void needs_statistics_of_the_same_samples() {
        MeanDifference one = MeanDifference.of(new double[2], new double[2]);
        MeanDifference other = MeanDifference.of(new double[2], new double[3]);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PERMUTATIONS.family(List.of(one, other)))
                .withMessage("statistics of one family must be of the same samples, their strata differ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PERMUTATIONS.family(List.of()))
                .withMessage("needs at least one statistic");
    }

    @Test
    void keeps_the_level_of_the_family_on_answers_of_one_model() {
        long seed = 20_261_125;
        Random random = new Random(seed);
        int tests = 2_000;
        int rejected = 0;
        for (int test = 0; test < tests; test++) {
            FamilyResult family =
                    new Permutations(test, 99).family(statistics(Answers.of(random, .6), Answers.of(random, .6)));
            rejected += family.test().pValue() <= .05 ? 1 : 0;
        }
        // Never above the level; with 99 draws the smallest of three ranks moves in steps of .03.
        assertThat(rejected / (double) tests).as("seed %d", seed).isBetween(.02, .065);
    }

    private static List<TwoArmStatistic> statistics(int[][][] first, int[][][] second) {
        SampleKernel kernel = SampleKernel.of(first, second, Similarity.hamming());
        return List.of(
                kernel.discrepancy(),
                kernel.diversity(),
                MeanDifference.of(MeanDifference.lengths(first), MeanDifference.lengths(second)));
    }
}
