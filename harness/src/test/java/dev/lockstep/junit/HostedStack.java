package dev.lockstep.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectDirectory;

import dev.lockstep.score.Scorers;
import dev.lockstep.suite.Suite;
import dev.lockstep.suite.Suites;
import dev.lockstep.testing.ChatDouble;
import dev.lockstep.testing.ServedStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.platform.engine.OutputDirectoryCreator;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.testkit.engine.EngineTestKit;

/** An opaque stack behind a server double, with its lock and baseline, and the engine pointed at it. */
final class HostedStack implements AutoCloseable {
    static final Path SUITES = Path.of("src/test/resources/junit/suites");
    static final Path COLOURS = SUITES.resolve("colours");

    private static final int PROVING_RUNS = 31;

    private final ServedStack stack;

    HostedStack(Path folder) {
        stack = new ServedStack(folder);
        describe("tiny@1");
    }

    ChatDouble server() {
        return stack.server();
    }

    Path home() {
        return stack.home();
    }

    /** Writes stack.yaml with the operator's word for the weights. */
    void describe(String weights) {
        stack.describe("""
                engine: openai
                visibility: opaque
                endpoint: {url: "%s", concurrency: 4, retries: 0, timeout_s: 10}
                declared: {weights: "%s"}
                """.formatted(server().url(), weights));
    }

    HostedStack locked() {
        stack.lock();
        return this;
    }

    /** Locks, records one run of all suites, and approves it. */
    HostedStack baselined() {
        return baselined(1);
    }

    /** Records in a folder what proves that scores repeat: 300 comparisons of the ten colours and more. */
    static void record(Path folder) {
        try (HostedStack stack = new HostedStack(folder)) {
            stack.baselined(PROVING_RUNS);
        }
    }

    HostedStack baselinedLike(Path recorded) {
        stack.baselinedLike(recorded);
        return this;
    }

    private HostedStack baselined(int runs) {
        List<Suite> suites = Suites.readAll(List.of(SUITES), Scorers.standard());
        stack.baselined(stack.plan(suites.toArray(Suite[]::new)), runs);
        return this;
    }

    /** The engine, with everything that it must be told. */
    EngineTestKit.Builder engine() {
        return configured(EngineTestKit.engine("lockstep"));
    }

    EngineTestKit.Builder configured(EngineTestKit.Builder engine) {
        return engine.configurationParameter("lockstep.stack", stack.folder().toString())
                .configurationParameter("lockstep.home", home().toString())
                .configurationParameter("lockstep.epoch", "start-1")
                .configurationParameter("lockstep.suites", SUITES.toString())
                .outputDirectoryCreator(new Outputs(stack.folder().resolve("outputs")));
    }

    EngineTestKit.Builder colours() {
        return engine().selectors(selectDirectory(COLOURS.toFile()));
    }

    @Override
    public void close() {
        stack.close();
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
