package dev.lockstep.lock;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.lockstep.document.Position;
import dev.lockstep.document.Problem;
import dev.lockstep.document.ProblemsException;
import dev.lockstep.document.UnreadableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the header of a safetensors file: eight bytes with the length, little-endian, and that many bytes of JSON.
 *
 * <p>Layout after the <a href="https://huggingface.co/docs/safetensors">safetensors specification</a>: the data of the tensors
 * follows without holes and without overlap, up to the end of the file.
 */
final class SafetensorsReader {
    private static final String METADATA = "__metadata__";
    private static final String DAMAGED = "; the file is damaged: fetch it again";
    private static final String CUT_OFF = "; the file is cut off: fetch it again";

    /** What hubs read of a header, too; headers of real models have less than a hundredth. */
    private static final long MOST_HEADER_BYTES = 25_000_000;

    private final Path file;
    private final SortedMap<String, String> metadata = new TreeMap<>();
    private final SortedMap<String, TensorFile.Tensor> tensors = new TreeMap<>();

    private SafetensorsReader(Path file) {
        this.file = file;
    }

    /** Reads it. @throws ProblemsException when the file is missing, cut off or damaged */
    static SafetensorsFile read(Path file) {
        try {
            UnreadableFile.requireFile(file);
            try (FileChannel channel = FileChannel.open(file)) {
                return new SafetensorsReader(file).read(channel);
            }
        } catch (IOException e) {
            throw UnreadableFile.because(file, e);
        }
    }

    /** Returns the tensors of a file that is named and written as safetensors; empty for any other. */
    static Optional<TensorFile> tensorsOf(Path file) {
        if (!file.toString().endsWith(".safetensors")) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(file).asTensorFile());
        } catch (ProblemsException otherFormat) {
            return Optional.empty();
        }
    }

    private SafetensorsFile read(FileChannel channel) throws IOException {
        long length = headerLength(channel);
        long headerBytes = Long.BYTES + length;
        try {
            JsonEntries.of(new HeaderStream(channel, length), this::entry);
        } catch (JsonProcessingException e) {
            throw broken("its header is not the JSON it should be: " + e.getOriginalMessage() + DAMAGED);
        }
        requireWholeData(channel.size() - headerBytes);
        SortedMap<String, TensorFile.Tensor> inFile = new TreeMap<>();
        tensors.forEach((name, tensor) -> inFile.put(name, tensor.movedBy(headerBytes)));
        return new SafetensorsFile(file, headerBytes, metadata, inFile);
    }

    private long headerLength(FileChannel channel) throws IOException {
        long length = firstNumber(channel);
        long left = channel.size() - Long.BYTES;
        if (length < 0 || length > left) {
            throw broken("its header should have " + Long.toUnsignedString(length) + " bytes, but only " + left
                    + " follow; the file is cut off, or no safetensors file: fetch it again");
        }
        if (length > MOST_HEADER_BYTES) {
            throw broken("its header has " + length + " bytes, and at most " + MOST_HEADER_BYTES
                    + " are read, as by the hubs; the file is damaged, or save the model in more files");
        }
        return length;
    }

    private long firstNumber(FileChannel channel) throws IOException {
        ByteBuffer first = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (first.hasRemaining()) {
            if (channel.read(first) < 0) {
                throw broken("ends at byte " + first.position()
                        + ", inside the length of the header, which needs 8 bytes" + CUT_OFF);
            }
        }
        return first.flip().getLong();
    }

    private void entry(String name, JsonParser value) throws IOException {
        if (name.equals(METADATA)) {
            JsonEntries.in(value, this::metadata);
            return;
        }
        TensorFile.Tensor tensor = new SafetensorsEntry(name, this::broken).tensor(JsonEntries.small(value));
        if (tensors.put(name, tensor) != null) {
            throw broken("holds the tensor '" + name + "' twice" + DAMAGED);
        }
    }

    private void metadata(String name, JsonParser value) throws IOException {
        if (value.currentToken() != JsonToken.VALUE_STRING) {
            throw broken("its metadata '" + name + "' is no text" + DAMAGED);
        }
        metadata.put(name, value.getText());
    }

    private void requireWholeData(long data) {
        long at = 0;
        for (Map.Entry<String, TensorFile.Tensor> each : inDataOrder()) {
            TensorFile.Tensor tensor = each.getValue();
            if (tensor.offset() != at) {
                throw broken("tensor '" + each.getKey() + "' begins at byte " + tensor.offset() + " of the data, but "
                        + at + " is where the one before it ends" + DAMAGED);
            }
            at = Math.addExact(at, tensor.bytes());
            if (at > data) {
                throw broken(
                        "has " + data + " bytes of data, but tensor '" + each.getKey() + "' ends at " + at + CUT_OFF);
            }
        }
        if (at != data) {
            throw broken("has " + data + " bytes of data, but its tensors only " + at + DAMAGED);
        }
    }

    private List<Map.Entry<String, TensorFile.Tensor>> inDataOrder() {
        return tensors.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(TensorFile.Tensor.IN_FILE_ORDER))
                .toList();
    }

    private ProblemsException broken(String message) {
        return new ProblemsException(List.of(new Problem(Position.of(file), message)));
    }
}
