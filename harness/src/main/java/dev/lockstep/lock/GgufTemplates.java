package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The chat templates in a GGUF file, from its header alone. */
public final class GgufTemplates {
    private static final long MAGIC = 0x46554747;

    private GgufTemplates() {}

    /**
     * Returns their texts, in the order of the file; none of what is no GGUF file.
     *
     * @throws LockstepException of kind CONFIG when the file cannot be read
     */
    public static List<String> read(Path file) {
        try (GgufInput input = GgufInput.open(file)) {
            return input.remaining() >= Integer.BYTES && input.u32("the first four bytes") == MAGIC
                    ? texts(input)
                    : List.of();
        } catch (IOException e) {
            throw new LockstepException(ErrorKind.CONFIG, file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<String> texts(GgufInput input) throws IOException {
        input.u32("the version");
        input.count("the number of tensors", 1);
        long entries = input.count("the number of metadata entries", 1);
        GgufValues values = new GgufValues(input);
        List<String> texts = new ArrayList<>();
        for (long i = 0; i < entries; i++) {
            String key = values.name("the key of metadata entry " + (i + 1));
            Optional<JsonNode> value = values.read("'" + key + "'").plain();
            if (GgufRole.isTemplate(key)) {
                value.map(JsonNode::textValue).ifPresent(texts::add);
            }
        }
        return texts;
    }
}
