package dev.lockstep.lock;

import java.util.List;
import java.util.regex.Pattern;

/** What engines take from a file of a model folder, whether anybody named it or not. */
sealed interface FileUse {

    /** All of it belongs to one layer. */
    record Whole(Layer layer) implements FileUse {}

    /** JSON of which each key belongs to a layer, most of them to {@code layer}. */
    record Keys(Layer layer) implements FileUse {
        private static final Pattern TEMPLATE = Pattern.compile("/chat_template(/.*)?");
        private static final Pattern QUANTIZATION =
                Pattern.compile("(/.*)?/(dtype|torch_dtype|quantization|quantization_config|compression_config)(/.*)?");

        /** Returns the layer of the value at a JSON pointer. */
        Layer layer(String pointer) {
            if (TEMPLATE.matcher(pointer).matches()) {
                return Layer.TEMPLATE;
            }
            boolean isQuantization =
                    layer == Layer.MODEL_CONFIG && QUANTIZATION.matcher(pointer).matches();
            return isQuantization ? Layer.QUANTIZATION : layer;
        }
    }

    /** No engine reads it: documents, pictures, left-overs of a training. */
    record Note() implements FileUse {}

    /** Returns the use of a file by its path in the model folder; what is in no table is a note. */
    static FileUse of(String path) {
        return FileUseTable.ROWS.stream()
                .filter(row -> row.path().matcher(path).matches())
                .map(FileUseTable.Row::use)
                .findFirst()
                .orElseGet(Note::new);
    }

    /** Tells whether it is data that belongs to this layer alone. */
    default boolean isWhole(Layer layer) {
        return equals(new Whole(layer));
    }

    /** Returns the layers that the file can move; none for a note. */
    default List<Layer> layers() {
        return switch (this) {
            case Whole(Layer layer) -> List.of(layer);
            case Keys(Layer layer) -> List.of(layer);
            case Note() -> List.of();
        };
    }
}
