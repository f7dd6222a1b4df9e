package dev.lockstep.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.stats.LogprobDistance;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ToyEpochTest {
    private static final ToyModel MODEL = ToyModel.seeded(3);
    private static final int PROMPT = 42;
    private static final int[] TOKENS = {7, 0, 39, 12, 7};

    @Test
    void repeats_every_answer_without_noise() {
        double[][] sampled = Choices.sampled(30, .7, new SplittableRandom(1));

        assertThat(quiet(1).answer(PROMPT, sampled)).isEqualTo(quiet(2).answer(PROMPT, sampled));
        assertThat(quiet(1).answer(PROMPT, Choices.greedy(30))).isEqualTo(quiet(2).answer(PROMPT, Choices.greedy(30)));
    }

    @Test
    void gives_the_same_answers_under_noise_of_the_same_seed() {
        EpochNoise noise = new EpochNoise(.05, .01);

        assertThat(new ToyEpoch(MODEL, noise, new SplittableRandom(5)).logprobs(PROMPT, TOKENS))
                .isEqualTo(new ToyEpoch(MODEL, noise, new SplittableRandom(5)).logprobs(PROMPT, TOKENS))
                .isNotEqualTo(quiet(5).logprobs(PROMPT, TOKENS));
    }

    @Test
    void reports_logprobs_of_the_raw_distribution() {
        double[] probabilities = ToyModel.probabilities(MODEL.logits(ToyModel.row(PROMPT, 0, 0)), 1);

        assertThat(quiet(1).logprobs(PROMPT, TOKENS)[0]).isCloseTo(Math.log(probabilities[TOKENS[0]]), within(1e-12));
    }

    /** The greedy answer does not move with temperature, and neither do the log-probabilities of given tokens. */
    @Test
    void hides_a_temperature_that_sampled_answers_show() {
        double[][] cool = Choices.sampled(200, .7, new SplittableRandom(1));
        double[][] warm = Choices.sampled(200, 1, new SplittableRandom(1));

        assertThat(quiet(1).answer(PROMPT, cool)).isNotEqualTo(quiet(1).answer(PROMPT, warm));
        int[] greedy = quiet(1).answer(PROMPT, Choices.greedy(30));
        assertThat(quiet(1).logprobs(PROMPT, greedy)).isEqualTo(quiet(2).logprobs(PROMPT, greedy));
    }

    @Test
    void samples_with_fixed_choices_what_the_distribution_says() {
        double[] probabilities = ToyModel.probabilities(MODEL.logits(ToyModel.row(PROMPT, 0, 0)), .7);
        int token = 0;
        for (int other = 0; other < probabilities.length; other++) {
            token = probabilities[other] > probabilities[token] ? other : token;
        }
        int answers = 20_000;
        int hits = 0;
        SplittableRandom random = new SplittableRandom(9);
        for (int i = 0; i < answers; i++) {
            hits += quiet(1).answer(PROMPT, Choices.sampled(1, .7, random))[0] == token ? 1 : 0;
        }
        // standard error at most .0036
        assertThat(hits / (double) answers).isCloseTo(probabilities[token], within(.011));
    }

    @Test
    void lists_the_twenty_likeliest_tokens_of_each_position() {
        var here = quiet(1).top(PROMPT, TOKENS);

        assertThat(here).hasSameSizeAs(TOKENS);
        assertThat(LogprobDistance.of(here, quiet(2).top(PROMPT, TOKENS)))
                .isEqualTo(new LogprobDistance(TOKENS.length, 0, 0, 1));
    }

    private static ToyEpoch quiet(long seed) {
        return new ToyEpoch(MODEL, EpochNoise.NONE, new SplittableRandom(seed));
    }
}
