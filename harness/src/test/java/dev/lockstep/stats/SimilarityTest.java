package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SimilarityTest {

    @Test
    void counts_equal_tokens_in_equal_places() {
        Similarity hamming = Similarity.hamming();

        assertThat(hamming.of(new int[] {1, 2, 3}, new int[] {1, 9, 3, 4})).isEqualTo(2);
        assertThat(hamming.of(new int[] {1, 2, 3}, new int[] {2, 3, 1})).isZero();
        assertThat(hamming.of(new int[0], new int[] {1})).isZero();
    }

    @Test
    void counts_equal_runs_wherever_they_stand() {
        // 1 once with 1; 2 once with 2; 12 once with 12; 3 twice with 3
        assertThat(Similarity.spectrum(2).of(new int[] {1, 2, 3, 3}, new int[] {3, 1, 2}))
                .isEqualTo(5);
        assertThat(Similarity.spectrum(3).of(new int[0], new int[] {3, 1, 2})).isZero();
    }

    @Test
    void counts_runs_like_a_table_of_runs_does() {
        Random random = new Random(3);
        for (int longest = 1; longest < 5; longest++) {
            int[] one = random.ints(12, 0, 3).toArray();
            int[] other = random.ints(9, 0, 3).toArray();

            assertThat(Similarity.spectrum(longest).of(one, other)).isEqualTo(byTable(one, other, longest));
        }
    }

    private static double byTable(int[] one, int[] other, int longest) {
        Map<List<Integer>, Integer> left = runs(one, longest);
        Map<List<Integer>, Integer> right = runs(other, longest);
        return left.entrySet().stream()
                .mapToDouble(run -> (double) run.getValue() * right.getOrDefault(run.getKey(), 0))
                .sum();
    }

    private static Map<List<Integer>, Integer> runs(int[] tokens, int longest) {
        List<Integer> list = new ArrayList<>(Arrays.stream(tokens).boxed().toList());
        Map<List<Integer>, Integer> runs = new HashMap<>();
        for (int length = 1; length <= longest; length++) {
            for (int from = 0; from + length <= list.size(); from++) {
                runs.merge(List.copyOf(list.subList(from, from + length)), 1, Integer::sum);
            }
        }
        return runs;
    }

    @Test
    void needs_runs_of_a_token_or_more() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Similarity.spectrum(0))
                .withMessage("the longest run needs at least 1 token, has 0");
    }
}
