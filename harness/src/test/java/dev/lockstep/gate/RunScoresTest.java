package dev.lockstep.gate;

import static dev.lockstep.gate.GateFixture.SCORED;
import static dev.lockstep.gate.GateFixture.firstRight;
import static dev.lockstep.gate.GateFixture.scored;
import static dev.lockstep.gate.GateFixture.tonight;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.Calibration;
import dev.lockstep.gate.Finding.Result;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Hand-made means of three runs: t with two degrees of freedom has the tail ½ − t / (2·√(2 + t²)). */
final class RunScoresTest {
    private static final Calibration NOISY = new Calibration("L4", 3, 100, 200, 20);
    private static final Baseline SPREAD = scored(NOISY, 80, 90, 100);
    private static final Baseline EQUAL = scored(NOISY, 90, 90, 90);

    @Test
    void judges_the_mean_by_the_error_of_predicting_one_more_run() {
        // mean .9, s .1; tonight .6: t = −.3 / (.1·√(4/3))
        double t = 3 / Math.sqrt(4 / 3.0);

        assertThat(of(SPREAD, .02, 60).pValue()).isCloseTo(1 - t / Math.sqrt(2 + t * t), within(1e-12));
    }

    @Test
    void takes_runs_that_did_not_vary_to_vary_by_one_sample() {
        // s at least 1/100; tonight .87: t = −.03 / (.01·√(4/3))
        double t = 3 / Math.sqrt(4 / 3.0);

        assertThat(of(EQUAL, .02, 87).pValue()).isCloseTo(1 - t / Math.sqrt(2 + t * t), within(1e-12));
        assertThat(of(EQUAL, .02, 90).pValue()).isEqualTo(1);
    }

    @Test
    void takes_the_mean_of_all_that_was_asked_of_one_start() {
        assertThat(of(SPREAD, .02, 50, 70).pValue())
                .isEqualTo(of(SPREAD, .02, 60).pValue());
    }

    @Test
    void says_the_same_where_a_loss_of_the_margin_is_ruled_out() {
        // t = (0 + .04) / (.01·√(4/3)) = 3.46, beyond the .95 quantile 2.92
        RunScores same = of(EQUAL, .04, 90);

        assertThat(same.result()).isEqualTo(Result.SAME);
        assertThat(same.effect())
                .isEqualTo(
                        "mean change +0.0 pp against the approved runs, 90 % interval -3.4 to +3.4 pp; a loss of 4.0 pp is"
                                + " ruled out (p 0.037)");
    }

    @Test
    void says_what_would_rule_a_loss_out() {
        RunScores unclear = of(EQUAL, .02, 90);

        assertThat(unclear.result()).isEqualTo(Result.UNDECIDED);
        assertThat(unclear.effect())
                .isEqualTo(
                        "mean change +0.0 pp against the approved runs, 90 % interval -3.4 to +3.4 pp; a loss of 2.0 pp is"
                                + " not ruled out (p 0.113); about 6 times the cases or repetitions would, or a margin of 4.6 pp");
    }

    @Test
    void tells_the_change_that_a_level_would_see() {
        // (t(.95) + t(.8)) · .01·√(4/3), two-sided at .1: (2.92 + 1.06) · 1.155 pp
        assertThat(of(EQUAL, .02, 90).reach(.1)).isEqualTo("4.6 pp of score");
    }

    private static RunScores of(Baseline baseline, double margin, Integer... right) {
        List<Tonight> passes =
                Stream.of(right).map(each -> tonight(firstRight(each))).toList();
        return new RunScores(baseline, passes, SCORED, margin);
    }
}
