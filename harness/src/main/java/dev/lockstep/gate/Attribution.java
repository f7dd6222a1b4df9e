package dev.lockstep.gate;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.client.Answer;
import dev.lockstep.lock.Layer;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Which layers can have moved, when behaviour did: those that nobody could verify, on the side of the prompt or of the model.
 *
 * <p>A prompt that has another number of tokens was rendered, tokenized or cut into patches in another way. With equal numbers,
 * whatever computes the answer is left.
 */
final class Attribution {
    private static final Set<Layer> PROMPT_SIDE = EnumSet.of(Layer.TOKENIZER, Layer.TEMPLATE, Layer.PROCESSOR);
    private static final Set<Layer> MODEL_SIDE =
            EnumSet.of(Layer.WEIGHTS, Layer.QUANTIZATION, Layer.ADAPTERS, Layer.ENGINE, Layer.LAUNCH, Layer.HARDWARE);

    private Attribution() {}

    /** Returns the layers of one side among those that nobody verified. */
    static List<Layer> suspects(Set<Layer> unverified, boolean promptTokensMoved) {
        return (promptTokensMoved ? PROMPT_SIDE : MODEL_SIDE)
                .stream().filter(unverified::contains).toList();
    }

    static boolean promptTokensMoved(Baseline baseline, Tonight tonight) {
        return tonight.planned().stream().anyMatch(key -> {
            int then = baseline.first()
                    .answer(key, tonight.caseHash(key))
                    .map(Attribution::promptTokens)
                    .orElse(-1);
            int now = tonight.answer(key).map(Attribution::promptTokens).orElse(-1);
            return then >= 0 && now >= 0 && then != now;
        });
    }

    private static int promptTokens(Answer answer) {
        return answer.usage().promptTokens();
    }
}
