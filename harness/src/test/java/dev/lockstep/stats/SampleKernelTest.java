package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SampleKernelTest {
    private static final Permutations PERMUTATIONS = Permutations.seeded(13);
    // Similarities: within the first arm ½, within the second 0, across ½, ½, 0, ½.
    private static final int[][][] FIRST = {{{1, 2}, {1, 3}}};
    private static final int[][][] SECOND = {{{1, 4}, {5, 2}}};

    @Test
    void agrees_with_the_discrepancy_by_hand() {
        SampleKernel kernel = SampleKernel.of(FIRST, SECOND, Similarity.hamming());

        assertThat(observed(kernel.discrepancy())).isCloseTo(.5 + 0 - 2 * .375, within(1e-15));
        assertThat(observed(kernel.discrepancyWithSelfPairs())).isCloseTo(.75 + .5 - .75, within(1e-15));
        assertThat(observed(kernel.diversity())).isCloseTo(.5, within(1e-15));
    }

    @Test
    void averages_over_prompts_with_equal_weight_and_leaves_out_those_with_one_sample() {
        int[][][] first = {FIRST[0], {{1}, {1}, {1}}, {{8}}};
        int[][][] second = {SECOND[0], {{2}, {2}}, {{9}, {9}}};

        SampleKernel kernel = SampleKernel.of(first, second, Similarity.hamming());

        assertThat(observed(kernel.discrepancy())).isCloseTo((-.25 + 2) / 2, within(1e-15));
        assertThat(observed(kernel.diversity())).isCloseTo((.5 + 0) / 2, within(1e-15));
    }

    @Test
    void expects_no_discrepancy_over_all_arrangements() {
        int[][][] first = {{{1, 2}, {1, 3}, {4, 4}}, {{1}, {2}}};
        int[][][] second = {{{1, 4}, {5, 2}, {4, 2}}, {{2}, {2}}};
        SampleKernel kernel = SampleKernel.of(first, second, Similarity.hamming());

        assertThat(PERMUTATIONS.test(kernel.discrepancy()).expected()).isCloseTo(0, within(1e-12));
        assertThat(PERMUTATIONS.test(kernel.discrepancyWithSelfPairs()).expected())
                .isGreaterThan(.1);
        assertThat(PERMUTATIONS.test(kernel.discrepancy()).arrangements())
                .isEqualTo(new Arrangements(20 * 6 - 1, true, 13));
    }

    @Test
    void calls_equal_answers_identical() {
        int[][][] spread = {{{1, 2}, {3}, {4}}, {{}, {5}}};
        SampleKernel kernel = SampleKernel.of(spread, spread, Similarity.hamming());

        assertThat(PERMUTATIONS.test(kernel.discrepancyWithSelfPairs()).test())
                .isEqualTo(new TestResult(0, 1, TestResult.Reason.IDENTICAL));
        assertThat(PERMUTATIONS.test(kernel.discrepancy()).test().pValue()).isEqualTo(1);
        assertThat(PERMUTATIONS.test(kernel.diversity()).test())
                .isEqualTo(new TestResult(0, 1, TestResult.Reason.IDENTICAL));
    }

    @Test
    void calls_one_answer_given_every_time_identical() {
        int[][][] twice = {{{1, 2}, {1, 2}}};
        int[][][] thrice = {{{1, 2}, {1, 2}, {1, 2}}};

        assertThat(PERMUTATIONS
                        .test(SampleKernel.of(twice, thrice, Similarity.hamming())
                                .discrepancy())
                        .test())
                .isEqualTo(new TestResult(0, 1, TestResult.Reason.IDENTICAL));
    }

    @Test
    void does_not_take_answers_of_equal_hash_for_identical() {
        // Arrays.hashCode is equal for both: 31 · 1 + 0 and 31 · 0 + 31.
        int[][][] first = {{{1, 0}, {1, 0}, {1, 0}, {1, 0}}};
        int[][][] second = {{{0, 31}, {0, 31}, {0, 31}, {0, 31}}};

        assertThat(PERMUTATIONS
                        .test(SampleKernel.of(first, second, Similarity.hamming())
                                .discrepancy())
                        .test())
                .isEqualTo(new TestResult(2, 2 / 70.0, TestResult.Reason.TESTED));
    }

    @Test
    void takes_two_empty_answers_for_equal_and_an_empty_one_for_different_from_any_other() {
        int[][][] silent = {{{}, {}, {}, {}}};
        int[][][] speaking = {{{1}, {1}, {1}, {1}}};

        assertThat(observed(
                        SampleKernel.of(silent, speaking, Similarity.hamming()).discrepancy()))
                .isEqualTo(2);
    }

    @Test
    void says_where_samples_are_too_few() {
        int[][][] one = {{{1, 2}}, {}};
        int[][][] other = {{{1, 3}, {1, 2}}, {{4}, {5}}};

        assertThat(PERMUTATIONS
                        .test(SampleKernel.of(one, other, Similarity.hamming()).discrepancy())
                        .test())
                .isEqualTo(new TestResult(0, 1, TestResult.Reason.TOO_FEW));
        assertThat(PERMUTATIONS
                        .test(SampleKernel.of(new int[0][][], new int[0][][], Similarity.hamming())
                                .diversity())
                        .test())
                .isEqualTo(new TestResult(0, 1, TestResult.Reason.TOO_FEW));
    }

    @Test
    void finds_answers_that_became_more_alike() {
        Random random = new Random(17);
        SampleKernel kernel = SampleKernel.of(Answers.of(random, .5), Answers.of(random, .8), Similarity.hamming());

        assertThat(PERMUTATIONS.test(kernel.diversity()).test().pValue()).isEqualTo(1e-4);
    }

    @Test
    void keeps_its_level_on_answers_of_one_model() {
        long seed = 20_261_124;
        Random random = new Random(seed);
        int tests = 2_000;
        int discrepancies = 0;
        int diversities = 0;
        for (int test = 0; test < tests; test++) {
            SampleKernel kernel = SampleKernel.of(Answers.of(random, .6), Answers.of(random, .6), Similarity.hamming());
            Permutations permutations = new Permutations(test, 99);
            discrepancies += permutations.test(kernel.discrepancy()).test().pValue() <= .05 ? 1 : 0;
            diversities += permutations.test(kernel.diversity()).test().pValue() <= .05 ? 1 : 0;
        }
        // standard error of a rate of .05 over 2,000 tests: .0049
        assertThat(discrepancies / (double) tests).as("seed %d", seed).isCloseTo(.05, within(.015));
        assertThat(diversities / (double) tests).as("seed %d", seed).isCloseTo(.05, within(.015));
    }

    private static double observed(TwoArmStatistic statistic) {
        return statistic.of(statistic.strata().observed());
    }
}
