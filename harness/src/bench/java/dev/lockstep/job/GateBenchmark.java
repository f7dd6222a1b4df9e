package dev.lockstep.job;

import dev.lockstep.run.Plan;
import dev.lockstep.testing.Answers;
import dev.lockstep.testing.Cases;
import dev.lockstep.testing.ChatDouble.Reply;
import dev.lockstep.testing.ServedStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A stored run of 1,000 cases on a noisy stack, 25 of them sampled twenty times as the shipped suite is, judged again from its log
 * and ten baseline runs; to stay under 2,000 ms.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
@Fork(1)
public class GateBenchmark {
    private static final int PRINTS = 100;
    private static final int DRAWN = 25;
    private static final int SAMPLES = 20;
    private static final int WORDS = 875;
    private static final int TOKENS = 64;
    private static final int RUNS = 10;
    private static final String ANSWER = "an answer of about sixty tokens, as those of a fingerprint";

    private final Random noise = new Random(1);
    private Path folder = Path.of("");
    private ServedStack stack = new ServedStack(Path.of("target"));
    private Plan plan = stack.plan();

    @Setup
    public void record() throws IOException {
        stack.close();
        folder = Files.createTempDirectory("gate-benchmark");
        stack = new ServedStack(folder);
        stack.server()
                .reply(prompt -> new Reply(
                        200,
                        Answers.body(prompt.startsWith("Draw") ? drawn() : ANSWER, -1 - noise.nextDouble() / 100)));
        plan = stack.plan(Cases.prints(PRINTS), Cases.draws(DRAWN, SAMPLES), Cases.words(WORDS));
        stack.baselined(plan, RUNS);
        RegressionRun.execute(stack.request("tonight"), plan, stack.workplace(), sample -> {});
    }

    @Benchmark
    public RunOutcome judge() {
        return FinishedRun.read(stack.run(RUNS))
                .judge(stack.request("tonight"), plan, stack.workplace(), folder.resolve("again"));
    }

    /** A sampled answer of 64 tokens. */
    private String drawn() {
        return noise.ints(TOKENS, 'a', 'z').mapToObj(Character::toString).collect(Collectors.joining());
    }

    @TearDown
    public void stop() {
        stack.close();
    }
}
