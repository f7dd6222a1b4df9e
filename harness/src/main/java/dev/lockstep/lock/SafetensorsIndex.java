package dev.lockstep.lock;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.document.UnreadableFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What {@code model.safetensors.index.json} says: which file of a model in several files holds which tensor.
 *
 * @param weightMap name of a tensor to the name of its file, which lies beside the index
 */
public record SafetensorsIndex(Path file, SortedMap<String, String> weightMap) {
    private static final long MOST_BYTES = 64L << 20;
    private static final String WEIGHT_MAP = "weight_map";
    private static final String DAMAGED = "; fetch it again";

    public SafetensorsIndex {
        weightMap = Collections.unmodifiableSortedMap(new TreeMap<>(weightMap));
    }

    /** Reads it. @throws LockstepException of kind CONFIG when it is missing or damaged, or names a file elsewhere */
    public static SafetensorsIndex read(Path file) {
        try {
            UnreadableFile.requireFile(file);
            requireSize(file);
            try (InputStream text = Files.newInputStream(file)) {
                return new SafetensorsIndex(file, new Reading(file).weightMap(text));
            }
        } catch (JsonProcessingException e) {
            throw broken(file, "is not the JSON it should be: " + e.getOriginalMessage() + DAMAGED);
        } catch (IOException e) {
            throw UnreadableFile.because(file, e);
        }
    }

    /** Returns the names of the files that it names. */
    public SortedSet<String> shards() {
        return new TreeSet<>(weightMap.values());
    }

    private static void requireSize(Path file) throws IOException {
        long size = Files.size(file);
        if (size > MOST_BYTES) {
            throw broken(
                    file, "has " + size + " bytes, and an index has at most " + MOST_BYTES + "; name the right file");
        }
    }

    private static LockstepException broken(Path file, String message) {
        return new LockstepException(ErrorKind.CONFIG, file + ": " + message);
    }

    /** The few names of files are kept once, however many tensors they hold. */
    private static final class Reading {
        private final Path file;
        private final Map<String, String> names = new HashMap<>();
        private final SortedMap<String, String> weightMap = new TreeMap<>();

        Reading(Path file) {
            this.file = file;
        }

        SortedMap<String, String> weightMap(InputStream text) throws IOException {
            JsonEntries.of(text, (name, value) -> {
                if (name.equals(WEIGHT_MAP)) {
                    JsonEntries.in(value, this::tensor);
                } else {
                    value.skipChildren();
                }
            });
            if (weightMap.isEmpty()) {
                throw broken(file, "has no '" + WEIGHT_MAP + "', so it names no tensor" + DAMAGED);
            }
            return weightMap;
        }

        private void tensor(String tensor, JsonParser value) throws IOException {
            if (value.currentToken() != JsonToken.VALUE_STRING) {
                throw brokenTensor(tensor, "is mapped to no file name");
            }
            String shard = names.computeIfAbsent(value.getText(), name -> name);
            if (!isBeside(shard)) {
                throw brokenTensor(tensor, "is mapped to '" + shard + "', which is no file beside the index");
            }
            if (weightMap.put(tensor, shard) != null) {
                throw brokenTensor(tensor, "is mapped twice");
            }
        }

        private LockstepException brokenTensor(String tensor, String message) {
            return broken(file, "tensor '" + tensor + "' " + message + DAMAGED);
        }

        private static boolean isBeside(String name) {
            return !name.isEmpty() && !name.contains("/") && !name.contains("\\") && !name.equals("..");
        }
    }
}
