package dev.lockstep.lock;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the parts of a GGUF file lie in it.
 *
 * @param entries its metadata, in the order of the file
 * @param infos what describes the tensors
 * @param data the tensors, to the end of the file
 * @param alignment of the data, in bytes
 */
record GgufParts(
        Path file, long version, List<Entry> entries, long tensors, Extent infos, Extent data, long alignment) {
    private static final long DEFAULT_ALIGNMENT = 32;

    /** The key whose value belongs to the data: how tensors are aligned. */
    private static final String ALIGNMENT = "general.alignment";

    GgufParts {
        entries = List.copyOf(entries);
    }

    /** A key with its value. */
    record Entry(String key, Extent extent) {

        /** Returns the layer that it goes with. */
        Layer layer(GgufRole role) {
            return key.equals(ALIGNMENT) ? Layer.WEIGHTS : role.layer(key);
        }
    }

    /** Finds them. @throws dev.lockstep.document.LockstepException of kind CONFIG when it is no whole GGUF file */
    static GgufParts read(Path file) throws IOException {
        GgufFile checked = GgufReader.read(file);
        try (GgufInput input = GgufInput.open(file)) {
            input.u32("the first four bytes");
            long version = input.u32("the version");
            long tensors = input.i64("the number of tensors");
            long count = input.i64("the number of metadata entries");
            List<Entry> entries = entries(input, count);
            long infos = position(input);
            skipInfos(input, tensors);
            return new GgufParts(
                    file,
                    version,
                    entries,
                    tensors,
                    new Extent(infos, position(input) - infos),
                    new Extent(checked.dataOffset(), input.size() - checked.dataOffset()),
                    checked.plain(ALIGNMENT).map(JsonNode::asLong).orElse(DEFAULT_ALIGNMENT));
        }
    }

    private static List<Entry> entries(GgufInput input, long count) throws IOException {
        GgufValues values = new GgufValues(input);
        List<Entry> entries = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            long start = position(input);
            String key = values.name("the key of metadata entry " + (i + 1));
            values.read("'" + key + "'");
            entries.add(new Entry(key, new Extent(start, position(input) - start)));
        }
        return entries;
    }

    private static void skipInfos(GgufInput input, long tensors) throws IOException {
        GgufValues values = new GgufValues(input);
        for (long i = 0; i < tensors; i++) {
            String what = "tensor '" + values.name("the name of tensor " + (i + 1)) + "'";
            long dimensions = input.u32(what);
            for (long dimension = 0; dimension < dimensions; dimension++) {
                input.i64(what);
            }
            input.u32(what);
            input.i64(what);
        }
    }

    private static long position(GgufInput input) {
        return input.size() - input.remaining();
    }
}
