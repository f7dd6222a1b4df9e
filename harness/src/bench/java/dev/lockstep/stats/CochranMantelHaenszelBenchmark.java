package dev.lockstep.stats;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How long the exact test of repeated tries takes: ten baseline runs and tonight's, four tries an item in each. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CochranMantelHaenszelBenchmark {
    private static final int TRIES = 4;
    private static final int RUNS = 10;

    @Param({"1000", "10000"})
    int items;

    private int[] before = {};
    private int[] triesBefore = {};
    private int[] after = {};
    private int[] triesAfter = {};

    @Setup
    public void draw() {
        SplittableRandom random = new SplittableRandom(1);
        before = new int[items];
        after = new int[items];
        for (int item = 0; item < items; item++) {
            double rate = random.nextDouble();
            before[item] = successes(random, rate, RUNS * TRIES);
            after[item] = successes(random, rate, TRIES);
        }
        triesBefore = filled(RUNS * TRIES);
        triesAfter = filled(TRIES);
    }

    @Benchmark
    public TestResult exact() {
        return CochranMantelHaenszel.exact(before, triesBefore, after, triesAfter);
    }

    private int[] filled(int value) {
        int[] filled = new int[items];
        Arrays.fill(filled, value);
        return filled;
    }

    private static int successes(SplittableRandom random, double rate, int tries) {
        return (int) random.doubles(tries).filter(each -> each < rate).count();
    }
}
