package dev.lockstep.stack;

import java.nio.file.Path;
import java.util.Optional;

/** The store that a model lies in, as people name it. */
public sealed interface ModelOrigin {

    /** Tells whether the store knows all parts of the model, projector and adapters included. */
    default boolean isComplete() {
        return switch (this) {
            case Hub hub -> false;
            case Ollama ollama -> true;
        };
    }

    /**
     * A repository in a cache of huggingface_hub.
     *
     * @param revision branch, tag or commit
     * @param tokenizerRevision that of tokenizer and templates, where it is another
     * @param cacheDir what {@code HF_HUB_CACHE} names, absolute
     */
    record Hub(String repo, String revision, Optional<String> tokenizerRevision, Path cacheDir)
            implements ModelOrigin {}

    /**
     * A model in a store of Ollama's.
     *
     * @param model its name there: {@code qwen3-vl:8b}
     * @param store what {@code OLLAMA_MODELS} names, absolute
     */
    record Ollama(String model, Path store) implements ModelOrigin {}
}
