package dev.lockstep.stats;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The tests of sampled answers: 40 prompts × 20 samples × 64 tokens in each arm, with 9,999 permutations. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class OutputTestBenchmark {
    private final int[][][] first = answers(new Random(1));
    private final int[][][] second = answers(new Random(2));
    private final SampleKernel hamming = SampleKernel.of(first, second, Similarity.hamming());

    /** Kernel and test of the stratified discrepancy; to stay under 1,000 ms. */
    @Benchmark
    public PermutationResult discrepancy() {
        SampleKernel kernel = SampleKernel.of(first, second, Similarity.hamming());
        return Permutations.seeded(3).test(kernel.discrepancy());
    }

    /** All statistics of sampled answers on the same permutations. */
    @Benchmark
    public FamilyResult family() {
        MeanDifference lengths = MeanDifference.of(MeanDifference.lengths(first), MeanDifference.lengths(second));
        return Permutations.seeded(3).family(List.of(hamming.discrepancy(), hamming.diversity(), lengths));
    }

    /** The kernel of runs of up to 5 tokens, without a test. */
    @Benchmark
    public SampleKernel spectrum() {
        return SampleKernel.of(first, second, Similarity.spectrum(5));
    }

    private static int[][][] answers(Random random) {
        int[][][] answers = new int[40][20][];
        for (int[][] prompt : answers) {
            for (int sample = 0; sample < prompt.length; sample++) {
                prompt[sample] = random.ints(64, 0, 50).toArray();
            }
        }
        return answers;
    }
}
