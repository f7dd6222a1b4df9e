package dev.lockstep.gate;

import static dev.lockstep.lock.Layer.ADAPTERS;
import static dev.lockstep.lock.Layer.DERIVATION;
import static dev.lockstep.lock.Layer.ENGINE;
import static dev.lockstep.lock.Layer.GENERATION_DEFAULTS;
import static dev.lockstep.lock.Layer.HARDWARE;
import static dev.lockstep.lock.Layer.LAUNCH;
import static dev.lockstep.lock.Layer.MODEL_CONFIG;
import static dev.lockstep.lock.Layer.PROCESSOR;
import static dev.lockstep.lock.Layer.QUANTIZATION;
import static dev.lockstep.lock.Layer.TEMPLATE;
import static dev.lockstep.lock.Layer.TOKENIZER;
import static dev.lockstep.lock.Layer.WEIGHTS;

import dev.lockstep.lock.Layer;
import java.util.List;
import java.util.Optional;

/**
 * A column of the attribution table, in the order of a prompt's way to a score.
 *
 * <p>The first that differs decides: what differs behind it follows from it.
 */
public enum Clue {
    TEXT("rendered text", "the rendered text differs"),
    TOKEN_IDS("token ids", "the token ids of the same text differ"),
    /** A hint at what {@link #TEXT} and {@link #TOKEN_IDS} tell, where nobody renders for others. */
    PROMPT_TOKENS("number of prompt tokens", "prompts without media have another number of tokens"),
    MEDIA_TOKENS("media tokens", "prompts with images or videos have another number of tokens"),
    SAMPLING("effective sampling", "the sampling that takes effect differs"),
    /** What disk and process show of the model. */
    FILES("model files", "files of the model differ"),
    LOGPROBS("log-probabilities", "tokens or log-probabilities differ"),
    DRAWS("sampled answers", "sampled answers differ where log-probabilities do not"),
    MESSAGE("message", "the same tokens became another message"),
    SCHEMA("JSON schema", "a JSON schema binds answers otherwise"),
    CLIENT("client", "the client reads the same body in another way"),
    SCORES("scores", "scores differ");

    private final String words;
    private final String difference;

    Clue(String words, String difference) {
        this.words = words;
        this.difference = difference;
    }

    /** Returns the name in sentences: {@code rendered text}. */
    String words() {
        return words;
    }

    /** Returns a difference as a clause. */
    String difference() {
        return difference;
    }

    /** Returns the layers that can cause a difference, in the order of a prompt's way; none where no layer does. */
    List<Layer> layers() {
        return switch (this) {
            case TEXT -> List.of(TEMPLATE, ENGINE, LAUNCH);
            case TOKEN_IDS -> List.of(TOKENIZER, ENGINE, LAUNCH);
            case PROMPT_TOKENS -> List.of(TOKENIZER, TEMPLATE, ENGINE, LAUNCH);
            case MEDIA_TOKENS -> List.of(PROCESSOR, ENGINE, LAUNCH);
            case SAMPLING, DRAWS -> List.of(GENERATION_DEFAULTS, ENGINE, LAUNCH);
            case FILES -> List.of(WEIGHTS, QUANTIZATION, MODEL_CONFIG, ADAPTERS, DERIVATION);
            case LOGPROBS ->
                List.of(WEIGHTS, QUANTIZATION, MODEL_CONFIG, ADAPTERS, DERIVATION, ENGINE, LAUNCH, HARDWARE);
            case MESSAGE, SCHEMA -> List.of(ENGINE, LAUNCH);
            case CLIENT, SCORES -> List.of();
        };
    }

    /** Returns where the effect of a layer is seen first; of some, nowhere. */
    static Optional<Clue> of(Layer layer) {
        return switch (layer) {
            case TEMPLATE -> Optional.of(TEXT);
            case TOKENIZER -> Optional.of(TOKEN_IDS);
            case PROCESSOR -> Optional.of(MEDIA_TOKENS);
            case GENERATION_DEFAULTS -> Optional.of(SAMPLING);
            case WEIGHTS, QUANTIZATION, MODEL_CONFIG, ADAPTERS, ENGINE, LAUNCH -> Optional.of(LOGPROBS);
            case PROVENANCE, DERIVATION, HARDWARE -> Optional.empty();
        };
    }

    /** Returns what causes the difference of a clue without layers. */
    String beyondLayers() {
        return this == CLIENT
                ? "the client, which no layer holds"
                : "suite, judge, tools or sampling noise, which no layer holds; ask more cases";
    }
}
