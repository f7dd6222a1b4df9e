package dev.lockstep.lock;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which files of a model folder a stack loads. */
public enum FileSelection {
    EVERYTHING,
    /** The tokenizer and its templates come from elsewhere, so what lies here is a note. */
    NO_TOKENIZER,
    /** Nothing but tokenizer and templates. */
    TOKENIZER;

    private static final Set<Layer> OF_THE_TOKENIZER = EnumSet.of(Layer.TOKENIZER, Layer.TEMPLATE);

    /** Returns what is taken from a file; empty when it is not even looked at. */
    Optional<FileUse> of(String path) {
        FileUse use = FileUse.of(path);
        List<Layer> layers = use.layers();
        boolean isTokenizer = !layers.isEmpty() && OF_THE_TOKENIZER.containsAll(layers);
        return switch (this) {
            case EVERYTHING -> Optional.of(use);
            case NO_TOKENIZER -> Optional.of(isTokenizer ? new FileUse.Note() : use);
            case TOKENIZER -> isTokenizer ? Optional.of(use) : Optional.empty();
        };
    }
}
