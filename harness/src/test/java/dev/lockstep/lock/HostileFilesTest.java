package dev.lockstep.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.document.LockstepException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that promise more than they hold, read by a JVM that has little memory. */
class HostileFilesTest {
    /** What a JVM needs to start, and 64 MB. */
    private static final String HEAP = "-Xmx80m";

    private static final Duration MOST = Duration.ofSeconds(2);
    private static final Pattern LINE = Pattern.compile("(\\S+) after (\\d+) ms: (.*)");
    private static final long HUGE = 50L << 30;

    @TempDir
    private static Path folder;

    private static final TreeMap<String, String> SAID = new TreeMap<>();
    private static final TreeMap<String, Long> TOOK = new TreeMap<>();

    /** Reads each file of the folder that is named; prints what happens, and how long this thread worked. */
    public static void main(String[] arguments) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
            for (Path file : files.sorted().toList()) {
                long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                String outcome = outcome(file);
                long after = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                System.out.println(file.getFileName() + " after " + TimeUnit.NANOSECONDS.toMillis(after - before)
                        + " ms: " + outcome.replace(file + ": ", ""));
            }
        }
    }

    private static String outcome(Path file) {
        try {
            if (file.toString().endsWith(".json")) {
                return SafetensorsIndex.read(file).weightMap().size() + " tensors";
            }
            if (file.toString().endsWith(".bin")) {
                return new FileHasher(Hashing.on(2)).digest(file).size() + " bytes";
            }
            return TensorFile.read(file).tensors().size() + " tensors";
        } catch (LockstepException refused) {
            return refused.getMessage();
        }
    }

    @BeforeAll
    static void read_all_with_little_memory() throws IOException, InterruptedException {
        make();
        Process reader = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        HEAP,
                        "-XX:+UseSerialGC",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        HostileFilesTest.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(reader.waitFor()).as(output).isZero();
        for (Matcher line = LINE.matcher(output); line.find(); ) {
            SAID.put(line.group(1), line.group(3));
            TOOK.put(line.group(1), Long.valueOf(line.group(2)));
        }
    }

    @Test
    void none_takes_longer_than_two_seconds() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(TOOK.keySet());
        }
        assertThat(TOOK)
                .allSatisfy(
                        (name, millis) -> assertThat(Duration.ofMillis(millis)).isLessThan(MOST));
    }

    @Test
    void header_of_25_megabytes_is_refused() {
        assertThat(SAID)
                .containsEntry(
                        "long-header.safetensors",
                        "its header has 25000001 bytes, and at most 25000000 are read, as by the hubs;"
                                + " the file is damaged, or save the model in more files");
    }

    @Test
    void largest_header_that_is_read_fits() {
        assertThat(SAID).containsEntry("many-tensors.safetensors", "120000 tensors");
    }

    @Test
    void counts_that_a_large_file_could_hold_are_refused() {
        String rest = ", and at most ";
        String damaged = " are read; the file is damaged: fetch it again";
        assertThat(SAID)
                .containsEntry("tensors.gguf", "the number of tensors says 1000000000" + rest + "131072" + damaged)
                .containsEntry(
                        "entries.gguf", "the number of metadata entries says 1000000000" + rest + "65536" + damaged)
                .containsEntry("list.gguf", "the length of 'a' says 1000000000" + rest + "4194304" + damaged)
                .containsEntry("nested.gguf", "the length of 'a' says 1000000" + rest + "1024" + damaged)
                .containsEntry("text.gguf", "the length of 'a' says 1000000000" + rest + "67108864" + damaged);
    }

    @Test
    void negative_counts_are_refused() {
        String beyond = ", more than the rest of the file can hold; the file is damaged: fetch it again";
        assertThat(SAID)
                .containsEntry("negative.gguf", "the number of tensors says 18446744073709551615" + beyond)
                .containsEntry("negative-list.gguf", "the length of 'a' says 18446744073709551615" + beyond);
    }

    @Test
    void longest_list_that_is_read_fits() {
        assertThat(SAID).containsEntry("long-list.gguf", "0 tensors");
    }

    @Test
    void index_of_a_gigabyte_is_refused() {
        assertThat(SAID)
                .containsEntry(
                        "index.json", "has 1073741824 bytes, and an index has at most 67108864; name the right file");
    }

    @Test
    void large_file_is_hashed_in_little_memory() {
        assertThat(SAID).containsEntry("large.bin", (300 << 20) + " bytes");
    }

    private static void make() throws IOException {
        sparse("long-header.safetensors", HUGE, little(8).putLong(25_000_001).array());
        Files.write(folder.resolve("many-tensors.safetensors"), SafetensorsFixture.file(manyTensors(), new byte[0]));
        sparse("tensors.gguf", HUGE, gguf(1_000_000_000, 0));
        sparse("entries.gguf", HUGE, gguf(0, 1_000_000_000));
        sparse("negative.gguf", HUGE, gguf(-1, 0));
        sparse(
                "text.gguf",
                HUGE,
                gguf(0, 1),
                entry(8),
                little(8).putLong(1_000_000_000).array());
        sparse("list.gguf", HUGE, gguf(0, 1), entry(9), list(0, 1_000_000_000));
        sparse("negative-list.gguf", HUGE, gguf(0, 1), entry(9), list(0, -1));
        sparse("nested.gguf", HUGE, gguf(0, 1), entry(9), list(9, 1), list(0, 1_000_000));
        sparse("long-list.gguf", HUGE, gguf(0, 1), entry(9), list(0, 1 << 22));
        sparse("index.json", 1 << 30);
        sparse("large.bin", 300 << 20);
    }

    /** A header as long as those of the largest models, and a hundred times more tensors than most. */
    private static String manyTensors() {
        return Stream.iterate(0, i -> i < 120_000, i -> i + 1)
                .map(i -> "\"model.language_model.layers." + i / 400 + ".mlp.experts." + i % 400
                        + ".down_proj.weight_scale_inv." + i
                        + "\":{\"dtype\":\"BF16\",\"shape\":[0,2048,1536],\"data_offsets\":[0,0]}")
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static byte[] gguf(long tensors, long entries) {
        return little(24)
                .put("GGUF".getBytes(StandardCharsets.US_ASCII))
                .putInt(3)
                .putLong(tensors)
                .putLong(entries)
                .array();
    }

    /** The key {@code a} and the type of its value. */
    private static byte[] entry(int type) {
        return little(13).putLong(1).put((byte) 'a').putInt(type).array();
    }

    private static byte[] list(int type, long count) {
        return little(12).putInt(type).putLong(count).array();
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A file that begins with some bytes and goes on with zeros that take no room. */
    private static void sparse(String name, long size, byte[]... parts) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(folder.resolve(name).toFile(), "rw")) {
            for (byte[] part : List.of(parts)) {
                file.write(part);
            }
            file.setLength(size);
        }
    }
}
