package dev.lockstep.gate;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.client.Answer;
import dev.lockstep.lock.Layer;
import dev.lockstep.run.SampleKey;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Which layers can have moved, when behaviour did: those that nobody could verify, on the side of the prompt or of the model.
 *
 * <p>A prompt that has another number of tokens was rendered, tokenized or cut into patches in another way. With equal numbers,
 * what computes the answer is likelier: only a change that keeps every length, as of one character, is not told from it.
 */
final class Suspects {
    private static final Set<Layer> PROMPT_SIDE = EnumSet.of(Layer.TOKENIZER, Layer.TEMPLATE, Layer.PROCESSOR);
    /** What may render prompts in another way, such as by limits for images. */
    private static final Set<Layer> RENDERING = EnumSet.of(Layer.ENGINE, Layer.LAUNCH);

    private static final Set<Layer> MODEL_SIDE = EnumSet.of(
            Layer.WEIGHTS,
            Layer.QUANTIZATION,
            Layer.MODEL_CONFIG,
            Layer.GENERATION_DEFAULTS,
            Layer.ADAPTERS,
            Layer.ENGINE,
            Layer.LAUNCH,
            Layer.HARDWARE);

    private Suspects() {}

    /** What the numbers of tokens say of the prompts. */
    enum Prompts {
        /** At least one prompt has another number of tokens than in the baseline. */
        MOVED,
        /** Every prompt whose number is known has as many as then. */
        EQUAL,
        /** The server tells no numbers. */
        UNTOLD;

        /** Returns the reason that a drift gives. */
        String sentence() {
            return switch (this) {
                case MOVED ->
                    "prompts have other token counts than then: look at template, tokenizer and processor, then at how the engine"
                            + " was launched";
                case EQUAL ->
                    "every prompt has as many tokens as then: no length points to template, tokenizer or processor";
                case UNTOLD ->
                    "the server tells no token counts: nothing says whether the prompts moved or what computes the answers";
            };
        }

        private boolean spares(Layer layer) {
            return switch (this) {
                case MOVED -> !PROMPT_SIDE.contains(layer) && !RENDERING.contains(layer);
                case EQUAL -> !MODEL_SIDE.contains(layer);
                case UNTOLD -> !PROMPT_SIDE.contains(layer) && !MODEL_SIDE.contains(layer);
            };
        }
    }

    /** Returns the layers that fit what the prompts say, among those that nobody verified, in the order of a prompt's way. */
    static List<Layer> suspects(Set<Layer> unverified, Prompts prompts) {
        return unverified.stream()
                .filter(layer -> !prompts.spares(layer))
                .sorted()
                .toList();
    }

    static Prompts prompts(Baseline baseline, Tonight tonight) {
        Prompts prompts = Prompts.UNTOLD;
        for (SampleKey key : tonight.planned()) {
            int then = baseline.first()
                    .answer(key, tonight.caseHash(key))
                    .map(Suspects::promptTokens)
                    .orElse(-1);
            int now = tonight.answer(key).map(Suspects::promptTokens).orElse(-1);
            if (then >= 0 && now >= 0 && then != now) {
                return Prompts.MOVED;
            }
            if (then >= 0 && now >= 0) {
                prompts = Prompts.EQUAL;
            }
        }
        return prompts;
    }

    private static int promptTokens(Answer answer) {
        return answer.usage().promptTokens();
    }
}
