package dev.lockstep.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SamplerTest {
    private static final ToyModel MODEL = ToyModel.seeded(3);
    private static final int DRAWS = 40_000;

    /** With the lean, a token's odds must be those of its leaning logit. */
    @Test
    void draws_tokens_of_the_leaning_distribution() {
        double temperature = .7;
        double lean = .4;
        double[] logits = MODEL.logits(ToyModel.row(8, 0, 0)).clone();
        EpochNoise epoch = new EpochNoise(0, lean);
        for (int token = 0; token < logits.length; token++) {
            logits[token] += epoch.shared(token);
        }
        double[] expected = ToyModel.probabilities(logits, temperature);
        Sampler sampler = new Sampler(MODEL, temperature);
        SplittableRandom random = new SplittableRandom(2);
        double[] shares = new double[ToyModel.TOKENS];
        for (int i = 0; i < DRAWS; i++) {
            shares[sampler.answer(8, 1, lean, random)[0]] += 1.0 / DRAWS;
        }

        // standard error at most .0025
        assertThat(shares).containsExactly(expected, within(.009));
    }

    @Test
    void samples_the_same_with_the_same_seed() {
        Sampler sampler = new Sampler(MODEL, 1);
        SampleSize size = new SampleSize(3, 2, 10);

        assertThat(sampler.answers(5, size, .1, new SplittableRandom(1)))
                .isDeepEqualTo(sampler.answers(5, size, .1, new SplittableRandom(1)));
        assertThat(sampler.answers(5, size, 0, new SplittableRandom(1))).hasDimensions(3, 2);
    }
}
