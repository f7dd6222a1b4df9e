package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharedBucketsTest {

    @Test
    void makes_each_shared_token_a_bucket_and_one_of_the_rest() {
        SharedBuckets buckets = SharedBuckets.of(top(1, .6, 2, .3), top(2, .2, 1, .7));

        assertThat(buckets.first()).containsExactly(new double[] {.6, .3, 0, .1}, within(1e-12));
        assertThat(buckets.second()).containsExactly(new double[] {.7, .2, 0, .1}, within(1e-12));
    }

    @Test
    void gives_a_token_that_is_not_listed_no_more_than_the_last_that_is() {
        SharedBuckets buckets = SharedBuckets.of(top(1, .5, 2, .4), top(1, .9, 3, .02));

        assertThat(buckets.first()).containsExactly(new double[] {.5, .4, .1}, within(1e-12));
        assertThat(buckets.second()).containsExactly(new double[] {.9, .02, .08}, within(1e-12));
    }

    @Test
    void sees_lists_that_have_no_token_in_common() {
        SharedBuckets buckets = SharedBuckets.of(top(1, .7, 2, .29), top(3, .9, 4, .05));

        assertThat(Divergence.kullbackLeibler(buckets.first(), buckets.second()))
                .isGreaterThan(1);
        assertThat(Divergence.totalVariation(buckets.first(), buckets.second())).isCloseTo(.89, within(1e-9));
    }

    @Test
    void bounds_the_distances_over_all_tokens_from_below() {
        long seed = 20_261_130;
        Random random = new Random(seed);
        double bounds = 0;
        double truth = 0;
        for (int pair = 0; pair < 2_000; pair++) {
            double[] p = distribution(random, new double[30], 2);
            double[] q = distribution(random, p, .7);
            SharedBuckets buckets = SharedBuckets.of(topFive(p), topFive(q));
            double bound = Divergence.kullbackLeibler(buckets.first(), buckets.second());
            assertThat(bound).as("seed %d", seed).isLessThanOrEqualTo(Divergence.kullbackLeibler(p, q) + 1e-12);
            assertThat(Divergence.totalVariation(buckets.first(), buckets.second()))
                    .isLessThanOrEqualTo(Divergence.totalVariation(p, q) + 1e-12);
            assertThat(Divergence.jensenShannon(buckets.first(), buckets.second()))
                    .isLessThanOrEqualTo(Divergence.jensenShannon(p, q) + 1e-12);
            bounds += bound;
            truth += Divergence.kullbackLeibler(p, q);
        }
        assertThat(bounds / truth).isBetween(.4, 1.0);
    }

    /** Returns softmax of the other's logits with noise; of zeros for the first. */
    private static double[] distribution(Random random, double[] other, double noise) {
        double[] weights = Arrays.stream(other)
                .map(each -> Math.exp((each == 0 ? 0 : Math.log(each)) + noise * random.nextGaussian()))
                .toArray();
        double sum = Arrays.stream(weights).sum();
        return Arrays.stream(weights).map(each -> each / sum).toArray();
    }

    private static TopLogprobs topFive(double[] distribution) {
        int[] ids = IntStream.range(0, distribution.length).toArray();
        return TopLogprobs.of(ids, Arrays.stream(distribution).map(Math::log).toArray(), 5);
    }

    private static TopLogprobs top(int one, double p, int other, double q) {
        return TopLogprobs.of(new int[] {one, other}, new double[] {Math.log(p), Math.log(q)});
    }
}
