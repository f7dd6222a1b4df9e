package dev.lockstep.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.gate.Finding;
import dev.lockstep.gate.Shipped;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is simulated of L1, L2 and L4 is what the gate says; the other parts of the decision are the gate's own classes. */
class ShippedRulesTest {
    private static final int[] RUNS = {88, 90, 91, 89, 90, 92, 90};
    private static final double MARGIN = .02;

    @ParameterizedTest
    @ValueSource(ints = {100, 93, 90, 86, 80})
    void scores_of_runs_are_judged_as_the_gate_judges_them(int tonight) {
        double[] means = Arrays.stream(RUNS).mapToDouble(right -> right / 100.0).toArray();
        Finding finding = Shipped.scoresByRuns(tonight, RUNS);

        assertThat(ScoreBaseline.change(means, tonight / 100.0, 100).test().pValue())
                .isCloseTo(finding.pValue().orElseThrow(), within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 9})
    void tokens_of_runs_are_judged_as_the_gate_judges_them(int tonight) {
        int[] runs = {0, 1, 2, 3, 4, 6, 7};

        assertThat(RunLevels.fingerprints(Arrays.stream(runs)
                                .mapToObj(ShippedRulesTest::others)
                                .toList())
                        .applyAsDouble(others(tonight)))
                .isCloseTo(Shipped.tokensByRuns(runs, tonight), within(1e-12));
    }

    /** The gate averages over answers and the simulation over tokens: the same where answers are as long as each other. */
    @ParameterizedTest
    @ValueSource(doubles = {.01, .03, .2})
    void logprobs_of_runs_are_judged_as_the_gate_judges_them(double moved) {
        double[][] runs =
                IntStream.range(0, 7).mapToObj(run -> logprobs(run, .01)).toArray(double[][]::new);

        assertThat(RunLevels.logprobs(Arrays.stream(runs)
                                .map(ShippedRulesTest::ofTokens)
                                .toList())
                        .applyAsDouble(ofTokens(logprobs(9, moved))))
                .isCloseTo(Shipped.logprobsByRuns(runs, logprobs(9, moved)), within(1e-12));
    }

    /** Ten answers of one token, of which the first so many are another one than any other run's. */
    private static int[][] others(int count) {
        return IntStream.range(0, 10)
                .mapToObj(prompt -> new int[] {prompt < count ? count : -1})
                .toArray(int[][]::new);
    }

    private static double[] logprobs(int seed, double spread) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, 10)
                .mapToDouble(prompt -> -1 - spread * random.nextDouble())
                .toArray();
    }

    private static double[] ofTokens(double[] answers) {
        return Arrays.stream(answers)
                .flatMap(answer -> DoubleStream.generate(() -> answer).limit(4))
                .toArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {93, 90})
    void scores_are_not_worse_when_the_gate_says_so(int tonight) {
        double[] means = Arrays.stream(RUNS).mapToDouble(right -> right / 100.0).toArray();

        assertThat(ScoreBaseline.isNotWorse(ScoreBaseline.change(means, tonight / 100.0, 100), MARGIN))
                .isEqualTo(Shipped.scoresByRuns(tonight, RUNS).result() == Finding.Result.SAME);
    }
}
