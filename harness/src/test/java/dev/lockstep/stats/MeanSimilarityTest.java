package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MeanSimilarityTest {

    @Test
    void averages_pairs_of_a_prompt_then_prompts() {
        int[][][] answers = {
            {{1, 2}, {1, 3}, {1, 2}}, // ½, 1, ½
            {{5, 6}, {7, 8}} // 0
        };

        assertThat(MeanSimilarity.of(answers, Similarity.hamming())).isCloseTo((2 / 3.0 + 0) / 2, within(1e-12));
    }

    @Test
    void leaves_out_prompts_without_two_samples() {
        assertThat(MeanSimilarity.of(new int[][][] {{{1}}, {{2}, {2}}}, Similarity.hamming()))
                .isEqualTo(1);
        assertThat(MeanSimilarity.of(new int[][][] {{{1}}, {}}, Similarity.hamming()))
                .isZero();
    }

    @Test
    void differs_between_runs_by_the_statistic_of_diversity() {
        Random random = new Random(7);
        int[][][] one = Answers.of(random, .5);
        int[][][] other = Answers.of(random, .9);
        double difference =
                MeanSimilarity.of(one, Similarity.hamming()) - MeanSimilarity.of(other, Similarity.hamming());

        TwoArmStatistic diversity =
                SampleKernel.of(one, other, Similarity.hamming()).diversity();

        assertThat(Permutations.seeded(1).test(diversity).test().statistic())
                .isCloseTo(Math.abs(difference), within(1e-12));
    }
}
