package dev.lockstep.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.document.LockstepException;
import dev.lockstep.document.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorFileTest {
    private static final FileHasher HASHER = new FileHasher(Hashing.on(2));

    @TempDir
    private Path folder;

    @Test
    void reads_the_header_of_a_safetensors_file() throws IOException {
        SafetensorsFixture fixture = new SafetensorsFixture()
                .metadata("format", "pt")
                .tensor("b", (byte) 1, (byte) 2)
                .tensor("a", (byte) 3);
        Path file = fixture.write(folder.resolve("model.safetensors"));
        long header = fixture.bytes().length - 3L;

        assertThat(TensorFile.read(file))
                .isEqualTo(new TensorFile(
                        file,
                        header,
                        new TreeMap<>(Map.of(
                                "a", new TensorFile.Tensor("U8", List.of(1L), header + 2, 1),
                                "b", new TensorFile.Tensor("U8", List.of(2L), header, 2)))));
        assertThat(SafetensorsReader.read(file).metadata()).containsExactly(Map.entry("format", "pt"));
    }

    /** The bytes that the reference implementation writes in its own test, {@code test_serialization}. */
    @Test
    void reads_what_the_reference_implementation_writes() throws IOException {
        String header = "{\"attn.0\":{\"dtype\":\"F32\",\"shape\":[1,2,3],\"data_offsets\":[0,24]}}";
        Path file = Files.write(folder.resolve("model.safetensors"), SafetensorsFixture.file(header, new byte[24]));

        assertThat(header).hasSize(64);
        assertThat(TensorFile.read(file).tensors())
                .containsExactly(Map.entry("attn.0", new TensorFile.Tensor("F32", List.of(1L, 2L, 3L), 72, 24)));
    }

    @Test
    void reads_an_empty_file_with_padding() throws IOException {
        Path file = Files.write(folder.resolve("model.safetensors"), SafetensorsFixture.file("{}      ", new byte[0]));

        assertThat(TensorFile.read(file)).isEqualTo(new TensorFile(file, 16, new TreeMap<>()));
        assertThat(HASHER.digest(TensorFile.read(file)).tensors().root()).isEqualTo(Sha256.of("{}"));
    }

    @Test
    void hashes_each_tensor_and_the_header_in_the_same_reading() throws IOException {
        byte[] large = new byte[700_000];
        Arrays.fill(large, (byte) 7);
        SafetensorsFixture fixture = new SafetensorsFixture()
                .tensor("z", (byte) 1)
                .tensor("empty")
                .tensor("large", large)
                .tensor("last", (byte) 2)
                .tensor("nothing");
        Path file = fixture.write(folder.resolve("model.safetensors"));
        byte[] bytes = fixture.bytes();
        int header = bytes.length - large.length - 2;

        TensorReading reading = HASHER.digest(TensorFile.read(file));

        assertThat(reading.file().sha256()).isEqualTo(Sha256.of(bytes));
        assertThat(reading.file().header())
                .contains(new FileDigest.Header(header, Sha256.of(Arrays.copyOf(bytes, header))));
        assertThat(reading.tensors().byName())
                .containsExactly(
                        Map.entry("empty", tensor()),
                        Map.entry("large", tensor(large)),
                        Map.entry("last", tensor((byte) 2)),
                        Map.entry("nothing", tensor()),
                        Map.entry("z", tensor((byte) 1)));
    }

    @Test
    void tensors_of_a_gguf_file_have_the_root_that_its_weights_layer_holds() throws IOException {
        Path file = GgufFixture.model().write(folder.resolve("tiny.gguf"));

        TensorReading reading = HASHER.digest(TensorFile.read(file));

        assertThat(GgufLayers.read(file, "model")
                        .getOrDefault(Layer.WEIGHTS, new TreeMap<>())
                        .get("model.tensors"))
                .hasToString("\"sha256:" + reading.tensors().root() + "\"");
        assertThat(reading.file().sha256()).isEqualTo(Sha256.of(Files.readAllBytes(file)));
    }

    @Test
    void every_cut_of_a_file_is_refused() throws IOException {
        byte[] whole = new SafetensorsFixture()
                .metadata("format", "pt")
                .tensor("a", (byte) 1, (byte) 2)
                .tensor("b", (byte) 3)
                .bytes();
        for (int length = 0; length < whole.length; length++) {
            Path cut = Files.write(folder.resolve("cut.safetensors"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> TensorFile.read(cut))
                    .as("the first %d of %d bytes", length, whole.length)
                    .isInstanceOf(LockstepException.class);
        }
    }

    @Test
    void file_that_was_cut_after_its_header_was_read_is_refused() throws IOException {
        Path file = new SafetensorsFixture().tensor("a", (byte) 1, (byte) 2).write(folder.resolve("a.safetensors"));
        TensorFile read = TensorFile.read(file);
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), (int) read.headerBytes()));

        assertThatThrownBy(() -> HASHER.digest(read))
                .hasMessage(file + ": cannot be read: it became shorter since its header was read; fetch it again");
    }

    private static TensorDigest tensor(byte... bytes) {
        return new TensorDigest("U8", List.of((long) bytes.length), Sha256.of(bytes));
    }
}
