package dev.lockstep.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectDirectory;

import dev.lockstep.baseline.BaselineStore;
import dev.lockstep.baseline.DirectoryObjectStore;
import dev.lockstep.baseline.StackFolder;
import dev.lockstep.gate.GatePolicy;
import dev.lockstep.job.BaselineRecording;
import dev.lockstep.job.Locking;
import dev.lockstep.job.Plans;
import dev.lockstep.job.RunRequest;
import dev.lockstep.job.Workplace;
import dev.lockstep.lock.Lock;
import dev.lockstep.score.Scorers;
import dev.lockstep.stack.StackConfig;
import dev.lockstep.stack.StackConfigReader;
import dev.lockstep.suite.Suite;
import dev.lockstep.suite.Suites;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.platform.engine.OutputDirectoryCreator;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.testkit.engine.EngineTestKit;

/** An opaque stack behind a server double, with its lock and baseline, and the engine pointed at it. */
final class HostedStack implements AutoCloseable {
    static final Path SUITES = Path.of("src/test/resources/junit/suites");
    static final Path COLOURS = SUITES.resolve("colours");

    private final ChatDouble server = new ChatDouble();
    private final Path folder;

    HostedStack(Path folder) {
        this.folder = folder;
        describe("tiny@1");
    }

    ChatDouble server() {
        return server;
    }

    Path home() {
        return folder.resolve("home");
    }

    /** Writes stack.yaml with the operator's word for the weights. */
    void describe(String weights) {
        String yaml = """
                schema: stack/1
                name: hosted
                engine: openai
                model: tiny
                visibility: opaque
                endpoint: {url: "%s", concurrency: 4, retries: 0, timeout_s: 10}
                declared: {weights: "%s"}
                """.formatted(server.url(), weights);
        write(folder.resolve("stack.yaml"), yaml);
    }

    HostedStack locked() {
        Locking.lock(request(), workplace());
        return this;
    }

    /** Locks, records one run of all suites, and approves it. */
    HostedStack baselined() {
        Lock lock = Locking.lock(request(), workplace());
        List<Suite> suites = Suites.readAll(List.of(SUITES), Scorers.standard());
        List<String> runs = new BaselineRecording(request(), workplace())
                .record(() -> Plans.of(request().stack(), suites), 1);
        new BaselineStore(
                        request().folder(), new DirectoryObjectStore(workplace().objects()))
                .approve(lock, runs, "ada", "for tests");
        server.forget();
        return this;
    }

    /** The engine, with everything that it must be told. */
    EngineTestKit.Builder engine() {
        return configured(EngineTestKit.engine("lockstep"));
    }

    EngineTestKit.Builder configured(EngineTestKit.Builder engine) {
        return engine.configurationParameter("lockstep.stack", folder.toString())
                .configurationParameter("lockstep.home", home().toString())
                .configurationParameter("lockstep.epoch", "start-1")
                .configurationParameter("lockstep.suites", SUITES.toString())
                .outputDirectoryCreator(new Outputs(folder.resolve("outputs")));
    }

    EngineTestKit.Builder colours() {
        return engine().selectors(selectDirectory(COLOURS.toFile()));
    }

    private RunRequest request() {
        StackConfig config = StackConfigReader.read(folder);
        return new RunRequest(
                config,
                new StackFolder(folder),
                GatePolicy.defaults(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("recorded"));
    }

    private Workplace workplace() {
        return new Workplace(home(), folder, Map.of(), Clock.systemUTC(), line -> {});
    }

    @Override
    public void close() {
        server.close();
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One folder for each node, named by its legacy name. */
    record Outputs(Path root) implements OutputDirectoryCreator {

        @Override
        public Path getRootDirectory() {
            return root;
        }

        @Override
        public Path createOutputDirectory(TestDescriptor descriptor) throws IOException {
            return Files.createDirectories(root.resolve(descriptor.getLegacyReportingName()));
        }
    }
}
