package dev.lockstep.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.gate.Finding;
import dev.lockstep.gate.Shipped;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is simulated of L4 is what the gate says; the other parts of the decision are the gate's own classes. */
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
    @ValueSource(ints = {93, 90})
    void scores_are_not_worse_when_the_gate_says_so(int tonight) {
        double[] means = Arrays.stream(RUNS).mapToDouble(right -> right / 100.0).toArray();

        assertThat(ScoreBaseline.isNotWorse(ScoreBaseline.change(means, tonight / 100.0, 100), MARGIN))
                .isEqualTo(Shipped.scoresByRuns(tonight, RUNS).result() == Finding.Result.SAME);
    }
}
