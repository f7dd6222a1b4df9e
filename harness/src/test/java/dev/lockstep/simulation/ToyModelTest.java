package dev.lockstep.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToyModelTest {
    private static final ToyModel MODEL = ToyModel.seeded(3);

    @ParameterizedTest
    @ValueSource(doubles = {2e-4, 1.2e-3, 3e-2, 9e-2})
    void changes_by_the_divergence_that_was_asked_for(double divergence) {
        ToyModel changed = MODEL.perturbed(5, divergence);

        assertThat(MODEL.divergence(changed)).isCloseTo(divergence, withinPercentage(.1));
        assertThat(divergenceAlongAnswers(changed)).isCloseTo(divergence, withinPercentage(2));
    }

    /** What a user measures: the mean over the positions of sampled answers. */
    private static double divergenceAlongAnswers(ToyModel changed) {
        Sampler sampler = new Sampler(MODEL, 1);
        SplittableRandom random = new SplittableRandom(11);
        double sum = 0;
        int prompts = 600;
        int tokens = 50;
        for (int prompt = 0; prompt < prompts; prompt++) {
            int last = 0;
            int beforeLast = 0;
            for (int token : sampler.answer(prompt, tokens, 0, random)) {
                sum += MODEL.divergence(changed, ToyModel.row(prompt, last, beforeLast));
                beforeLast = last;
                last = token;
            }
        }
        return sum / (prompts * tokens);
    }

    @Test
    void is_the_same_for_the_same_seed_only() {
        assertThat(ToyModel.seeded(3).logits(17)).isEqualTo(MODEL.logits(17));
        assertThat(ToyModel.seeded(4).logits(17)).isNotEqualTo(MODEL.logits(17));
        assertThat(MODEL.perturbed(5, .01).logits(17))
                .isEqualTo(MODEL.perturbed(5, .01).logits(17));
    }

    @Test
    void has_no_divergence_from_itself() {
        assertThat(MODEL.divergence(MODEL)).isZero();
    }
}
