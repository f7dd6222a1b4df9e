package dev.lockstep.lock;

import dev.lockstep.document.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * Hashes a safetensors file of 4 GiB in turns with {@code openssl dgst -sha256}, since only times of the same minutes can be
 * compared.
 *
 * <p>No JMH: what counts is the ratio within each round, and openssl is a process. Needs two idle cores, openssl and free memory
 * for the file: {@code mvn -Pbench -pl harness test-compile exec:exec -Dbench.main=dev.lockstep.lock.DigestBenchmark
 * -Dbench=4096}, the size being in MiB.
 */
public final class DigestBenchmark {
    private static final int ROUNDS = 7;
    private static final int CORES = 2;
    private static final long MEBIBYTE = 1 << 20;
    private static final int TENSORS = 64;
    private static final double MOST_HEAP = 64e6;

    private static final String OPENSSL = "`openssl dgst -sha256`";
    private static final String PLAIN = "the SHA-256 of the file, one core";
    private static final String CREATION = "its SHA-256 and its chunks, as a lock is made, two cores";
    private static final String TENSOR = "the same and its tensors, two cores";
    private static final String ONE_CORE = "verification by chunks, one core";
    private static final String TWO_CORES = "verification by chunks, two cores";

    private final Path file;
    private final long bytes;
    private final Map<String, List<Double>> seconds = new LinkedHashMap<>();
    private final List<String> digests = new ArrayList<>();
    private long heap;

    private DigestBenchmark(Path file, long bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    /** Prints speeds and ratios as a table; fails when one is beyond its bound. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("digest-benchmark");
        Path file = folder.resolve("model.safetensors");
        try {
            write(file, Long.parseLong(arguments[0]) * MEBIBYTE);
            DigestBenchmark benchmark = new DigestBenchmark(file, Files.size(file));
            for (int round = 0; round <= ROUNDS; round++) {
                benchmark.round();
                if (round == 0) {
                    benchmark.seconds.clear();
                    benchmark.heap = 0;
                }
            }
            benchmark.report(System.out);
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    private void round() throws Exception {
        time(OPENSSL, this::openssl);
        time(PLAIN, () -> Sha256.of(file));
        long before = heapNow();
        FileDigest[] digest = new FileDigest[1];
        time(CREATION, () -> {
            digest[0] = new FileHasher(Hashing.on(CORES)).digest(file);
            return digest[0].sha256();
        });
        time(
                TENSOR,
                () -> new FileHasher(Hashing.on(CORES))
                        .digest(TensorFile.read(file))
                        .file()
                        .sha256());
        time(ONE_CORE, () -> verify(1, digest[0]));
        time(TWO_CORES, () -> verify(CORES, digest[0]));
        heap = Math.max(heap, heapPeak() - before);
    }

    private String verify(int cores, FileDigest expected) {
        FileProof proof = new FileVerifier(Hashing.on(cores))
                .verify(new TreeMap<>(Map.of(file, expected)), new Tier.Full())
                .getFirst();
        if (!proof.matches()) {
            throw new IllegalStateException(proof.toString());
        }
        return expected.sha256();
    }

    private String openssl() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("openssl", "dgst", "-sha256", "-r", file.toString()).start();
        String digest = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        process.waitFor();
        return digest.substring(0, 64);
    }

    /** What is timed: returns the digest, which must be the same for all. */
    private interface Work {
        String run() throws Exception;
    }

    private void time(String name, Work work) throws Exception {
        long start = System.nanoTime();
        digests.add(work.run());
        seconds.computeIfAbsent(name, each -> new ArrayList<>()).add((System.nanoTime() - start) / 1e9);
        if (digests.stream().distinct().count() != 1) {
            throw new IllegalStateException("digests differ: " + digests);
        }
    }

    private void report(PrintStream out) {
        out.printf(Locale.ROOT, "%d MiB, %d rounds%n%n", bytes / MEBIBYTE, ROUNDS);
        out.println("| what | GB/s (median) |\n|---|---|");
        seconds.forEach((name, times) -> out.printf(Locale.ROOT, "| %s | %.2f |%n", name, bytes / median(times) / 1e9));
        out.println("\n| ratio of speeds within a round | median | least | most | bound |\n|---|---|---|---|---|");
        List<String> missed = new ArrayList<>();
        missed.addAll(ratio(out, "SHA-256 / openssl", OPENSSL, PLAIN, .95));
        missed.addAll(ratio(out, "lock / SHA-256", PLAIN, CREATION, .9));
        missed.addAll(ratio(out, "lock with tensors / SHA-256", PLAIN, TENSOR, 0));
        missed.addAll(ratio(out, "verification: two cores / one", ONE_CORE, TWO_CORES, 1.8));
        out.printf(
                Locale.ROOT,
                "%nHeap above start, garbage included: %.0f MB, at most %.0f.%n",
                heap / 1e6,
                MOST_HEAP / 1e6);
        if (heap > MOST_HEAP) {
            missed.add("heap");
        }
        if (!missed.isEmpty()) {
            throw new IllegalStateException("beyond their bounds: " + missed);
        }
    }

    /** The ratios within each round, as speeds; a bound of 0 is none. */
    private List<String> ratio(PrintStream out, String name, String of, String what, double least) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            ratios.add(seconds.get(of).get(round) / seconds.get(what).get(round));
        }
        out.printf(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %.2f | %s |%n",
                name,
                median(ratios),
                Collections.min(ratios),
                Collections.max(ratios),
                least == 0 ? "" : "≥ " + least);
        return median(ratios) < least ? List.of(name) : List.of();
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    private static long heapNow() {
        heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
        return heapPools().stream().mapToLong(pool -> pool.getUsage().getUsed()).sum();
    }

    private static long heapPeak() {
        return heapPools().stream()
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }

    private static List<MemoryPoolMXBean> heapPools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
    }

    /** Writes a file of so many bytes of data, a little more in all. */
    private static void write(Path file, long data) throws IOException {
        long tensor = data / TENSORS;
        StringJoiner header = new StringJoiner(",", "{", "}");
        for (int i = 0; i < TENSORS; i++) {
            header.add("\"layers.%d.weight\":{\"dtype\":\"U8\",\"shape\":[%d],\"data_offsets\":[%d,%d]}"
                    .formatted(i, tensor, i * tensor, (i + 1) * tensor));
        }
        byte[] json = header.toString().getBytes(StandardCharsets.US_ASCII);
        byte[] part = new byte[Math.toIntExact(MEBIBYTE)];
        new Random(4).nextBytes(part);
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(json.length)
                    .array());
            out.write(json);
            for (long at = 0; at < TENSORS * tensor; at += part.length) {
                out.write(part, 0, (int) Math.min(part.length, TENSORS * tensor - at));
            }
        }
    }
}
