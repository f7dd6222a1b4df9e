package dev.lockstep.testing;

import dev.lockstep.baseline.BaselineStore;
import dev.lockstep.baseline.DirectoryObjectStore;
import dev.lockstep.baseline.StackFolder;
import dev.lockstep.gate.PolicyInForce;
import dev.lockstep.job.BaselineRecording;
import dev.lockstep.job.Locking;
import dev.lockstep.job.Plans;
import dev.lockstep.job.RunRequest;
import dev.lockstep.job.Workplace;
import dev.lockstep.lock.Lock;
import dev.lockstep.run.Plan;
import dev.lockstep.stack.StackConfigReader;
import dev.lockstep.suite.Suite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A stack behind a server double, with the folder of its lock and baseline; opaque at first. */
public final class ServedStack implements AutoCloseable {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2020-01-01T00:00:00Z"), ZoneOffset.UTC);
    private static final String FIRST_RUN = "run-20200101T000000.000Z";

    private final ChatDouble server = new ChatDouble();
    private final Path folder;
    private final List<String> said = new CopyOnWriteArrayList<>();

    public ServedStack(Path folder) {
        this.folder = folder;
        opaque("tiny@1");
    }

    public ChatDouble server() {
        return server;
    }

    public Path folder() {
        return folder;
    }

    public Path home() {
        return folder.resolve("home");
    }

    /** Writes stack.yaml with the operator's word for the weights, and further lines. */
    public ServedStack opaque(String weights, String... lines) {
        return describe("""
                engine: openai
                visibility: opaque
                endpoint: {url: "%s", retries: 0, timeout_s: 10}
                declared: {weights: "%s"}
                """.formatted(server.url(), weights), lines);
    }

    /** Writes stack.yaml of a llama.cpp server on another machine, which nobody sees but through a proxy: the double. */
    public ServedStack visible() {
        write(folder.resolve("empty.gguf"), emptyGguf());
        return describe("""
                engine: llama.cpp
                endpoint: {url: "http://192.0.2.1:8000", proxy: "127.0.0.1:%d", retries: 0, timeout_s: 10}
                files: {weights: empty.gguf}
                floor: []
                """.formatted(server.port()));
    }

    /** Writes stack.yaml; schema, name and model are added. */
    public ServedStack describe(String yaml, String... lines) {
        String text = "schema: stack/1\nname: hosted\nmodel: tiny\n" + yaml + String.join("\n", lines) + "\n";
        write(folder.resolve("stack.yaml"), text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Asks the stack under the operator's name for its start. */
    public RunRequest request(String epoch) {
        return request(Optional.of(epoch));
    }

    public RunRequest request(Optional<String> epoch) {
        return new RunRequest(
                StackConfigReader.read(folder),
                new StackFolder(folder),
                PolicyInForce.shipped(),
                Optional.empty(),
                Optional.empty(),
                epoch);
    }

    /** Returns a machine whose clock stands still, so that runs are numbered; see {@link #runId}. */
    public Workplace workplace() {
        return new Workplace(home(), folder, Map.of(), CLOCK, said::add);
    }

    /** Returns the name of the n-th run, the first being 0. */
    public static String runId(int number) {
        return number == 0 ? FIRST_RUN : FIRST_RUN + "-" + number;
    }

    public Path run(int number) {
        return workplace().runs("hosted").resolve(runId(number));
    }

    /** Returns the lines that jobs said. */
    public List<String> said() {
        return List.copyOf(said);
    }

    public Plan plan(Suite... suites) {
        return Plans.of(StackConfigReader.read(folder), List.of(suites));
    }

    public Lock lock() {
        return Locking.lock(request("locked"), workplace());
    }

    public BaselineStore store() {
        return new BaselineStore(
                new StackFolder(folder), new DirectoryObjectStore(workplace().objects()));
    }

    /** Locks, records and approves runs, each of a start of its own; what was asked and said is forgotten. */
    public ServedStack baselined(Plan plan, int runs) {
        Lock lock = lock();
        List<String> recorded = new ArrayList<>();
        for (int start = 1; start <= runs; start++) {
            RunRequest request = request("recorded-" + start);
            recorded.addAll(
                    new BaselineRecording(request, workplace()).record(() -> plan, 1, unwatched -> sample -> {}));
        }
        store().approve(lock, recorded, "ada", "for tests");
        server.forget();
        said.clear();
        return this;
    }

    /** Takes lock, baseline and runs over from the folder of another stack, so that a test need not record them again. */
    public ServedStack baselinedLike(Path recorded) {
        try (Stream<Path> files = Files.walk(recorded)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(recorded.relativize(file));
                if (Files.notExists(copy)) {
                    Files.createDirectories(copy.resolveSibling(""));
                    Files.copy(file, copy);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    @Override
    public void close() {
        server.close();
    }

    /** The smallest GGUF file: version 3, no tensors, no metadata. */
    private static byte[] emptyGguf() {
        return ByteBuffer.allocate(32)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("GGUF".getBytes(StandardCharsets.US_ASCII))
                .putInt(3)
                .array();
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
