package dev.lockstep.gate;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.client.Answer;
import dev.lockstep.lock.Check;
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

    static List<Layer> suspects(List<Check> checks, boolean promptTokensMoved) {
        Set<Layer> verified = verified(checks);
        return (promptTokensMoved ? PROMPT_SIDE : MODEL_SIDE)
                .stream().filter(layer -> !verified.contains(layer)).toList();
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

    private static Set<Layer> verified(List<Check> checks) {
        Set<Layer> verified = EnumSet.noneOf(Layer.class);
        Set<Layer> open = EnumSet.noneOf(Layer.class);
        for (Check check : checks) {
            boolean proof = check.step() == Check.Step.DISK || check.step() == Check.Step.PROCESS;
            if (proof && check.outcome() == Check.Outcome.MATCH) {
                verified.add(check.layer());
            } else if (proof && check.outcome() != Check.Outcome.NOT_CHECKED) {
                open.add(check.layer());
            }
        }
        verified.removeAll(open);
        return verified;
    }
}
