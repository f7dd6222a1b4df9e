package dev.lockstep.stats;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How long the paired tests of a million flips take; the exact one shall stay under a millisecond. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class McNemarBenchmark {
    private static final int FLIPS = 1_000_000;

    /** Losses in a million flips: none, a clear change, hardly any, half. */
    @Param({"0", "490000", "499500", "500000"})
    int losses;

    @Benchmark
    public TestResult exact() {
        return McNemar.exact(losses, FLIPS - losses);
    }

    @Benchmark
    public TestResult midP() {
        return McNemar.midP(losses, FLIPS - losses);
    }
}
