package dev.lockstep.lock;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small safetensors file under construction: tensors of bytes in the order in which they are added. */
public final class SafetensorsFixture {
    private final ObjectNode header = JsonNodeFactory.instance.objectNode();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    SafetensorsFixture metadata(String key, String value) {
        header.withObject("/__metadata__").put(key, value);
        return this;
    }

    /** Adds a tensor of one dimension and one byte per element. */
    public SafetensorsFixture tensor(String name, byte... bytes) {
        ObjectNode tensor = header.putObject(name).put("dtype", "U8");
        tensor.putArray("shape").add(bytes.length);
        tensor.putArray("data_offsets").add(data.size()).add(data.size() + bytes.length);
        data.writeBytes(bytes);
        return this;
    }

    public byte[] bytes() {
        return file(header.toString(), data.toByteArray());
    }

    public Path write(Path file) throws IOException {
        return Files.write(file, bytes());
    }

    static byte[] file(String header, byte[] data) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + json.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .put(data)
                .array();
    }
}
