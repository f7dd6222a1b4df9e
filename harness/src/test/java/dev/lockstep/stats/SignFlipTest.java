package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignFlipTest {
    private static final double[] DARWIN = {6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75};
    private static final Permutations PERMUTATIONS = Permutations.seeded(7);

    @Test
    void gives_the_exact_p_values_of_the_darwin_data() {
        PermutationResult twoSided = SignFlip.test(DARWIN, Alternative.TWO_SIDED, PERMUTATIONS);

        assertThat(twoSided.test().pValue()).isCloseTo(.05267333984375, within(1e-15));
        assertThat(twoSided.test().statistic()).isCloseTo(314 / 15.0, within(1e-12));
        assertThat(twoSided.test().reason()).isEqualTo(TestResult.Reason.TESTED);
        assertThat(twoSided.arrangements()).isEqualTo(new Arrangements(32_767, true, 7));
        assertThat(SignFlip.test(DARWIN, Alternative.GREATER, PERMUTATIONS)
                        .test()
                        .pValue())
                .isCloseTo(.026336669921875, within(1e-15));
    }

    @Test
    void tells_the_direction() {
        double[] negated = Arrays.stream(DARWIN).map(each -> -each).toArray();

        assertThat(SignFlip.test(negated, Alternative.TWO_SIDED, PERMUTATIONS)
                        .test()
                        .statistic())
                .isCloseTo(-314 / 15.0, within(1e-12));
        assertThat(SignFlip.test(negated, Alternative.TWO_SIDED, PERMUTATIONS)
                        .test()
                        .pValue())
                .isCloseTo(.05267333984375, within(1e-15));
        assertThat(SignFlip.test(negated, Alternative.LESS, PERMUTATIONS).test().pValue())
                .isCloseTo(.026336669921875, within(1e-15));
        assertThat(SignFlip.test(negated, Alternative.GREATER, PERMUTATIONS)
                        .test()
                        .pValue())
                .isGreaterThan(.97);
    }

    @Test
    void does_not_let_zeros_change_the_p_value() {
        double[] withZeros = Arrays.copyOf(DARWIN, 500);

        TestResult test =
                SignFlip.test(withZeros, Alternative.TWO_SIDED, PERMUTATIONS).test();

        assertThat(test.pValue()).isCloseTo(.05267333984375, within(1e-15));
        assertThat(test.statistic()).isCloseTo(314 / 500.0, within(1e-12));
    }

    @Test
    void agrees_with_mcnemar_on_yes_and_no() {
        double[] flips = {1, 1, 1, 1, 1, -1, 0, 0, 0, 0};

        assertThat(SignFlip.test(flips, Alternative.TWO_SIDED, PERMUTATIONS)
                        .test()
                        .pValue())
                .isCloseTo(.21875, within(1e-15));
    }

    @Test
    void draws_where_there_are_too_many_arrangements_to_visit() {
        double[] more = Arrays.copyOf(DARWIN, 17);
        more[15] = 1;
        more[16] = -1;

        PermutationResult drawn = SignFlip.test(more, Alternative.TWO_SIDED, PERMUTATIONS);

        assertThat(drawn.arrangements()).isEqualTo(new Arrangements(9_999, false, 7));
        assertThat(drawn.test().pValue()).isCloseTo(.0527, within(.009));
        assertThat(drawn).isEqualTo(SignFlip.test(more, Alternative.TWO_SIDED, PERMUTATIONS));
        assertThat(drawn).isNotEqualTo(SignFlip.test(more, Alternative.TWO_SIDED, Permutations.seeded(8)));
    }

    @Test
    void never_gives_a_p_value_of_zero() {
        double[] shifted = new double[60];
        Arrays.fill(shifted, 1);

        assertThat(SignFlip.test(shifted, Alternative.TWO_SIDED, PERMUTATIONS)
                        .test()
                        .pValue())
                .isCloseTo(1e-4, within(1e-15));
    }

    @Test
    void calls_pairs_without_a_difference_identical() {
        assertThat(SignFlip.test(new double[20], Alternative.TWO_SIDED, PERMUTATIONS)
                        .test())
                .isEqualTo(new TestResult(0, 1, TestResult.Reason.IDENTICAL));
        assertThat(SignFlip.test(new double[] {0.0, -0.0}, Alternative.GREATER, PERMUTATIONS)
                        .test()
                        .reason())
                .isEqualTo(TestResult.Reason.IDENTICAL);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void says_that_fewer_than_two_differences_are_too_few(int count) {
        double[] differences = new double[count];
        Arrays.fill(differences, 3);

        assertThat(SignFlip.test(differences, Alternative.TWO_SIDED, PERMUTATIONS)
                        .test())
                .isEqualTo(new TestResult(3 * count, 1, TestResult.Reason.TOO_FEW));
        assertThat(SignFlip.test(differences, Alternative.GREATER, PERMUTATIONS)
                        .test()
                        .pValue())
                .isEqualTo(1);
    }

    @Test
    void rejects_what_is_no_number() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignFlip.test(new double[] {1, Double.NaN}, Alternative.TWO_SIDED, PERMUTATIONS))
                .withMessage("differences[1] must be a finite number, is NaN");
    }

    @Test
    void keeps_its_level_on_symmetric_differences() {
        long seed = 20_261_122;
        Random random = new Random(seed);
        int tests = 2_000;
        int rejected = 0;
        for (int test = 0; test < tests; test++) {
            double[] differences = new double[20];
            Arrays.setAll(differences, i -> Math.pow(random.nextGaussian(), 3));
            if (SignFlip.test(differences, Alternative.TWO_SIDED, new Permutations(test, 99))
                            .test()
                            .pValue()
                    <= .05) {
                rejected++;
            }
        }
        // standard error of a rate of .05 over 2,000 tests: .0049
        assertThat(rejected / (double) tests).as("seed %d", seed).isCloseTo(.05, within(.015));
    }
}
