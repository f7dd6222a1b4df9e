package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ModelEqualityTestingTest {
    private static final int[][] X = {
        {0, 1, 2, 3, -1}, {0, 1, 2, 4, 5}, {0, 1, 9, 3, -1}, {1, 7, 7, -1, -1}, {1, 7, 8, -1, -1}
    };
    private static final int[][] Y = {
        {0, 1, 2, 3, -1}, {0, 6, 2, 4, 5}, {1, 7, 7, -1, -1}, {1, 8, 8, 8, -1}, {1, 7, 8, -1, -1}
    };

    @Test
    void gives_the_numbers_of_the_published_program() {
        assertThat(hamming(X, Y)).isCloseTo(-.25, within(1e-15));
        assertThat(hamming(X, X)).isCloseTo(-.336538461538, within(1e-12));
        assertThat(hamming(Arrays.copyOf(X, 4), Y)).isCloseTo(-.229166666667, within(1e-12));
        assertThat(ModelEqualityTesting.of(X, Y, Similarity.spectrum(2)).statistic())
                .isCloseTo(-.314832695621, within(1e-12));
    }

    @Test
    void gives_the_number_of_the_published_example_on_text() {
        int[][] first = {
            row(0, "...a time to be born and a time to die"),
            row(1, "'Laughter,' I said, 'is madness.'"),
            row(0, "...a time to weep and a time to laugh")
        };
        int[][] second = {
            row(0, "...a time to mourn and a time to dance"),
            row(0, "...a time to embrace and a time to refrain from embracing"),
            row(1, "I said to myself, 'Come now, I will test you'")
        };

        assertThat(hamming(first, second)).isCloseTo(.008, within(5e-4));
    }

    @Test
    void may_give_a_p_value_of_zero_as_the_program_does() {
        int[][] ones = new int[30][];
        int[][] twos = new int[30][];
        Arrays.setAll(ones, i -> new int[] {0, 1});
        Arrays.setAll(twos, i -> new int[] {0, 2});

        ModelEqualityTesting apart = ModelEqualityTesting.of(ones, twos, Similarity.hamming());
        ModelEqualityTesting equal = ModelEqualityTesting.of(ones, ones, Similarity.hamming());

        assertThat(apart.pValue(new Permutations(3, 100))).isZero();
        assertThat(equal.pValue(new Permutations(3, 100))).isEqualTo(1);
    }

    @Test
    void counts_a_mean_over_no_pair_as_nothing() {
        assertThat(hamming(new int[][] {{0, 1}}, new int[][] {{1, 1}})).isZero();
    }

    private static double hamming(int[][] first, int[][] second) {
        return ModelEqualityTesting.of(first, second, Similarity.hamming()).statistic();
    }

    private static int[] row(int prompt, String text) {
        IntStream padding = IntStream.generate(() -> -1).limit(200L - text.length());
        IntStream completion = IntStream.concat(text.codePoints(), padding);
        return IntStream.concat(IntStream.of(prompt), completion).toArray();
    }
}
