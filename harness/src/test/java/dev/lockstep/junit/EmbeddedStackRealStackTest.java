package dev.lockstep.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.fasterxml.jackson.databind.node.IntNode;
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
import dev.lockstep.score.Scorers;
import dev.lockstep.stack.LaunchOverrides;
import dev.lockstep.stack.ManagedStack;
import dev.lockstep.stack.StackConfig;
import dev.lockstep.stack.StackConfigReader;
import dev.lockstep.suite.Suite;
import dev.lockstep.suite.Suites;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.SelectDirectories;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

@Tag("real")
final class EmbeddedStackRealStackTest {
    private static final String RUNNING = "junit-engine-real";
    private static final Path HOME = Path.of(System.getProperty("lockstep.test.home", "target/lockstep-home"))
            .toAbsolutePath()
            .normalize();
    private static final Path SCRIPTS =
            Path.of(System.getProperty("lockstep.scripts", "../scripts")).toAbsolutePath();
    private static final Path STACK = Path.of("../baselines/tiny-qwen3-vl");
    /** Nine later runs of 35 cases: 300 comparisons and more prove that scores repeat. */
    private static final int PROVING_RUNS = 10;

    private static final Path SUITE = Path.of("../suites/tiny-text");

    private final ManagedStack stacks = new ManagedStack(HOME, SCRIPTS, System.getenv(), line -> {});
    private final StackConfig config = StackConfigReader.read(STACK);

    @TempDir
    Path store;

    @org.junit.platform.suite.api.Suite
    @IncludeEngines("lockstep")
    @SelectDirectories("../suites/tiny-text")
    static final class TinyText {}

    @BeforeEach
    void start() {
        stacks.down(RUNNING);
        stacks.up(config, LaunchOverrides.none().withName(RUNNING));
    }

    @AfterEach
    void stop() {
        stacks.down(RUNNING);
    }

    @Test
    void passes_the_locked_stack_and_fails_every_test_of_another() {
        baseline();

        run().testEvents().assertStatistics(tests -> tests.started(36).succeeded(36));

        stacks.down(RUNNING);
        stacks.up(config, LaunchOverrides.none().withName(RUNNING).with("n_batch", IntNode.valueOf(512)));
        EngineExecutionResults changed = run();

        changed.testEvents().assertStatistics(tests -> tests.started(36).failed(36));
        assertThat(changed.testEvents().failed().stream()
                        .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                                .getThrowable()
                                .orElseThrow()
                                .getMessage()))
                .allMatch(message -> message.startsWith("LOCK_BROKEN [moved: launch]: "));
    }

    private EngineExecutionResults run() {
        return EngineTestKit.engine("junit-platform-suite")
                .configurationParameter("lockstep.stack", STACK.toString())
                .configurationParameter("lockstep.store", store.toString())
                .configurationParameter("lockstep.home", HOME.toString())
                .configurationParameter("lockstep.scripts", SCRIPTS.toString())
                .configurationParameter("lockstep.running", RUNNING)
                .outputDirectoryCreator(new HostedStack.Outputs(store.resolve("outputs")))
                .selectors(selectClass(TinyText.class))
                .execute();
    }

    private void baseline() {
        RunRequest request = new RunRequest(
                config,
                new StackFolder(store),
                PolicyInForce.shipped(),
                Optional.of(RUNNING),
                Optional.empty(),
                Optional.empty());
        Workplace workplace = new Workplace(HOME, SCRIPTS, System.getenv(), Clock.systemUTC(), line -> {});
        List<Suite> suites = Suites.readAll(List.of(SUITE), Scorers.standard());
        Lock lock = Locking.lock(request, workplace);
        List<String> runs = new BaselineRecording(request, workplace)
                .record(() -> Plans.of(config, suites), PROVING_RUNS, plan -> sample -> {});
        new BaselineStore(request.folder(), new DirectoryObjectStore(workplace.objects()))
                .approve(lock, runs, "the test", "to compare with");
    }
}
