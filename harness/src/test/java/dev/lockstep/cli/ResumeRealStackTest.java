package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.client.Answer.Usage;
import dev.lockstep.client.AnswerReader;
import dev.lockstep.run.Plan;
import dev.lockstep.run.PlannedSample;
import dev.lockstep.run.RunLog;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import dev.lockstep.score.Scorers;
import dev.lockstep.suite.Suites;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} in mid-run, then the same command. */
@Tag("real")
final class ResumeRealStackTest {
    private static final int ENOUGH_TO_BE_IN_THE_MIDDLE = 40;
    private static final int FEW = 10;
    private static final int KILLED = 128 + 9;

    @TempDir
    Path folder;

    private TestedStack stack;
    private List<Path> suites;

    @BeforeEach
    void record() throws IOException, InterruptedException {
        suites = List.of(SmallSuites.text(folder), SmallSuites.fingerprint(folder, 4));
        stack = new TestedStack(folder, "tiny-qwen3-vl", suites.getFirst(), suites.getLast());
        stack.baseline(1);
    }

    @AfterEach
    void stop() throws IOException {
        stack.close();
    }

    @Test
    void holds_every_planned_key_once_and_asks_no_finished_sample_again() throws IOException, InterruptedException {
        URI server = stack.restart().url();
        ServerCounters verification = countersOfAVerification(server);

        Path log = killInMidRun();
        RunLog atKill = RunLog.read(log);
        ServerCounters whenKilled = ServerCounters.whenIdle(server);
        Wrapper.Result again = stack.night();

        assertThat(again.errors())
                .contains("resuming " + atKill.header().runId() + ": "
                        + atKill.samples().size() + " of 140 samples are there");
        assertThat(again.exitCode()).as(again.toString()).isEqualTo(3);
        RunLog whole = RunLog.read(log);
        assertThat(whole.samples()).containsAllEntriesOf(atKill.samples());
        assertThat(GrowingLog.sampleLines(log)).hasSize(140);
        assertThat(whole.samples().keySet()).isEqualTo(planned());
        // A night looks at the stack before it asks, and once more at its end.
        assertThat(ServerCounters.of(server)
                        .minus(whenKilled)
                        .minus(verification)
                        .minus(verification))
                .isEqualTo(countersOf(whole, atKill.samples().keySet()));
    }

    @Test
    void says_that_it_was_interrupted_and_goes_on_the_next_time() throws IOException, InterruptedException {
        stack.restart();
        GrowingLog growing = new GrowingLog(stack);
        Wrapper.Running night = stack.startNight();
        growing.await(night, FEW);

        interrupt(night.process());

        Wrapper.Result ended = night.await();
        assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(130);
        assertThat(ended.errors()).endsWith("interrupted; the same command goes on where this one stopped\n");
        assertThat(stack.night().errors()).contains("resuming ");
    }

    private static void interrupt(Process process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }

    private ServerCounters countersOfAVerification(URI server) throws IOException, InterruptedException {
        ServerCounters before = ServerCounters.of(server);
        assertThat(stack.verify().exitCode()).isZero();
        return ServerCounters.of(server).minus(before);
    }

    private Path killInMidRun() throws IOException, InterruptedException {
        GrowingLog growing = new GrowingLog(stack);
        Wrapper.Running night = stack.startNight();
        Path log = growing.await(night, ENOUGH_TO_BE_IN_THE_MIDDLE);
        night.process().destroyForcibly();
        assertThat(night.await().exitCode()).isEqualTo(KILLED);
        return log;
    }

    private Set<SampleKey> planned() {
        return Suites.readAll(suites, Scorers.standard()).stream()
                .flatMap(suite -> suite.cases().stream())
                .flatMap(evalCase -> Plan.samplesOf(evalCase).stream())
                .map(PlannedSample::key)
                .collect(Collectors.toSet());
    }

    /** What the server must have counted for the samples that were asked after the kill, each once. */
    private static ServerCounters countersOf(RunLog log, Set<SampleKey> finished) {
        List<Usage> usages = log.samples().values().stream()
                .filter(sample -> !finished.contains(sample.key()))
                .map(ResumeRealStackTest::usage)
                .toList();
        assertThat(usages).isNotEmpty();
        return new ServerCounters(
                usages.stream().mapToLong(Usage::promptTokens).sum(),
                usages.stream().mapToLong(Usage::completionTokens).sum());
    }

    private static Usage usage(Sample sample) {
        return AnswerReader.read(sample.exchange().body()).orElseThrow().usage();
    }
}
