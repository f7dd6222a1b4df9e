package dev.lockstep.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RowWeightsTest {
    private static final double[] LOGITS = ToyModel.seeded(3).logits(7);
    private static final double DEVIATION = .1;
    private static final int CALLS = 20_000;

    @Test
    void is_the_log_probability_without_noise() {
        double[] probabilities = ToyModel.probabilities(LOGITS, 1);

        for (int token = 0; token < LOGITS.length; token++) {
            assertThat(RowWeights.of(LOGITS).logprob(LOGITS[token], 0, 1, 1))
                    .isCloseTo(Math.log(probabilities[token]), within(1e-9));
        }
    }

    /** The standard error of the means is at most .0008, that of the deviations at most .0006. */
    @Test
    void varies_as_if_every_logit_had_noise_of_its_own() {
        for (int token = 0; token < LOGITS.length; token += 13) {
            double[] drawnAtOnce = drawnAtOnce(token, new SplittableRandom(token));
            double[] drawnOneByOne = drawnOneByOne(token, new SplittableRandom(token + 1));

            assertThat(EpochEffect.mean(drawnAtOnce)).isCloseTo(EpochEffect.mean(drawnOneByOne), within(.003));
            assertThat(Math.sqrt(EpochEffect.variance(drawnAtOnce)))
                    .isCloseTo(Math.sqrt(EpochEffect.variance(drawnOneByOne)), within(.002));
        }
    }

    private static double[] drawnAtOnce(int token, SplittableRandom random) {
        double[] drawn = new double[CALLS];
        Arrays.setAll(
                drawn,
                call -> RowWeights.of(LOGITS)
                        .logprob(LOGITS[token], DEVIATION, random.nextGaussian(), random.nextGaussian()));
        return drawn;
    }

    private static double[] drawnOneByOne(int token, SplittableRandom random) {
        double[] drawn = new double[CALLS];
        Arrays.setAll(drawn, call -> {
            double[] logits = Arrays.stream(LOGITS)
                    .map(logit -> logit + DEVIATION * random.nextGaussian())
                    .toArray();
            RowWeights weights = RowWeights.of(logits);
            return logits[token] - weights.largest() - Math.log(weights.sum());
        });
        return drawn;
    }
}
