package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.lockstep.stack.LaunchOverrides;
import dev.lockstep.stack.ManagedStack;
import dev.lockstep.stack.StackConfig;
import dev.lockstep.stack.StackConfigReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that Lockstep did not start: a real one, of which it knows the address alone. */
@Tag("real")
final class OwnServerRealStackTest {
    private static final StackConfig SERVED =
            StackConfigReader.read(Wrapper.scripts().resolveSibling("baselines").resolve("tiny-qwen3-vl"));

    @TempDir
    Path folder;

    private Path home;
    private Path mine;
    private Path equality;
    private Path suites;
    private Wrapper wrapper;
    private ManagedStack servers;

    @BeforeEach
    void prepare() throws IOException {
        home = TestHome.in(folder);
        mine = folder.resolve("mine");
        suites = SmallSuites.fingerprint(folder, 1);
        equality = Files.writeString(folder.resolve("equality.yaml"), "schema: gate/1\njudging: equality\n");
        wrapper = Wrapper.ofCheckout()
                .with("LOCKSTEP_HOME", folder.resolve("other-home").toString());
        servers = new ManagedStack(home, Wrapper.scripts(), System.getenv(), line -> {});
    }

    @AfterEach
    void stop() throws IOException {
        servers.down(SERVED.name());
        TestHome.release(home);
    }

    @Test
    void is_locked_recorded_and_judged_over_its_own_restarts() throws IOException, InterruptedException {
        URI first = start(LaunchOverrides.none());
        succeed(wrapper.run("init", first, "--to", mine));
        succeed(wrapper.run("lock", "--stack", mine));
        succeed(wrapper.run("baseline", "record", "--stack", mine, "--suites", suites, "--runs", 1));
        succeed(wrapper.run("baseline", "approve", "--stack", mine, "--by", "test", "--why", "as it is"));

        Wrapper.Result unchanged = night(start(LaunchOverrides.none()));
        Wrapper.Result changed = night(start(LaunchOverrides.none().with("n_batch", IntNode.valueOf(512))));

        assertThat(unchanged.exitCode()).as(unchanged.toString()).isZero();
        assertThat(changed.exitCode()).as(changed.toString()).isEqualTo(2);
        assertJudgedAgainAlike(TestedStack.named(unchanged, "verdict "));
    }

    /** The log knows which server was asked, so the commands in its reports do too. */
    private void assertJudgedAgainAlike(Path verdict) throws IOException, InterruptedException {
        Path again = folder.resolve("again");
        Path log = verdict.resolveSibling("run.jsonl");

        succeed(wrapper.run("report", log, "--to", again, "--stack", mine, "--suites", suites, "--gate", equality));

        assertThat(again.resolve("verdict.json")).hasSameBinaryContentAs(verdict);
        assertThat(again.resolve("report.html")).hasSameBinaryContentAs(verdict.resolveSibling("report.html"));
    }

    private URI start(LaunchOverrides change) {
        if (servers.find(SERVED.name()).isPresent()) {
            servers.down(SERVED.name());
        }
        return servers.up(SERVED, change).url();
    }

    private Wrapper.Result night(URI url) throws IOException, InterruptedException {
        return wrapper.run("run", "--stack", mine, "--url", url, "--suites", suites, "--gate", equality);
    }

    private static void succeed(Wrapper.Result result) {
        assertThat(result.exitCode()).as(result.toString()).isZero();
    }
}
