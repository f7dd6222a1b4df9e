package dev.lockstep.gate;

import static dev.lockstep.gate.GateFixture.SCORED;
import static dev.lockstep.gate.GateFixture.firstRight;
import static dev.lockstep.gate.GateFixture.scored;
import static dev.lockstep.gate.GateFixture.tonight;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.BaselineRun;
import dev.lockstep.baseline.Calibration;
import dev.lockstep.baseline.ScoreTable;
import dev.lockstep.gate.Finding.Result;
import dev.lockstep.run.SampleKey;
import dev.lockstep.testing.Runs;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
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
    void takes_runs_that_did_not_vary_to_vary_by_one_case() {
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
                        "mean change +0.0 pp against the approved runs, 95 % interval -5.0 to +5.0 pp; a loss of 4.0 pp is"
                                + " ruled out (p 0.037)");
    }

    @Test
    void says_what_would_rule_a_loss_out() {
        RunScores unclear = of(EQUAL, .02, 90);

        assertThat(unclear.result()).isEqualTo(Result.UNDECIDED);
        assertThat(unclear.effect())
                .isEqualTo(
                        "mean change +0.0 pp against the approved runs, 95 % interval -5.0 to +5.0 pp; a loss of 2.0 pp is"
                                + " not ruled out (p 0.113)");
        assertThat(unclear.remedy()).isEqualTo("about 6 times the cases would rule it out, or a margin of 4.6 pp");
    }

    @Test
    void tells_the_change_that_a_level_would_see() {
        // (t(.95) + t(.8)) · .01·√(4/3), two-sided at .1: (2.92 + 1.06) · 1.155 pp
        assertThat(of(EQUAL, .02, 90).reach(.1)).isEqualTo("4.6 pp of score");
    }

    /** Means .8, .9 and 1 with tonight's .6 around .825: only .6 lies .225 away or further; with .9 around .9 all do but itself. */
    @Test
    void ranks_the_run_by_its_distance_from_the_middle_of_all() {
        assertThat(of(SPREAD, .02, 60).rank()).isEqualTo(1 / 4.);
        assertThat(of(SPREAD, .02, 90).rank()).isEqualTo(1);
        assertThat(of(SPREAD, .02, 80).rank()).isEqualTo(3 / 4.);
        assertThat(of(EQUAL, .02, 90).rank()).isEqualTo(1);
    }

    /** Fifty cases asked twice, the greedy copy alike: s is one of 50, not one of 100. */
    @Test
    void takes_runs_to_vary_by_one_case_however_often_it_was_asked() {
        List<SampleKey> twice = IntStream.range(0, 50)
                .boxed()
                .flatMap(each -> Stream.of(new SampleKey("text", "c" + each, 0), new SampleKey("text", "c" + each, 1)))
                .toList();
        ScoreTable scores = Runs.scores(twice.subList(0, 90), twice.subList(90, 100));
        BaselineRun run = Runs.run("s", GateFixture.answered(twice, "7"), scores);
        Baseline baseline = Runs.baseline(List.of(NOISY), run, run, run);

        assertThat(RunScores.noise(baseline, twice).standardError()).isCloseTo(.02 * Math.sqrt(4 / 3.0), within(1e-12));
    }

    /** Of four cases the first is right in all runs; one run has no score of the second, which is wrong everywhere else. */
    @Test
    void compares_only_what_every_approved_run_scored() {
        List<SampleKey> keys = GateFixture.keys("text", 4);
        ScoreTable all = Runs.scores(keys.subList(0, 1), keys.subList(1, 4));
        ScoreTable lacking = Runs.scores(keys.subList(0, 1), keys.subList(2, 4));
        Baseline baseline = Runs.baseline(
                List.of(NOISY),
                Runs.run("a", GateFixture.answered(keys, "7"), all),
                Runs.run("b", GateFixture.answered(keys, "7"), all),
                Runs.run("c", GateFixture.answered(keys, "7"), lacking));
        Tonight tonight = new Tonight(keys, Set.of(), Set.of(), Runs.log("d", GateFixture.answered(keys, "7")), all);

        assertThat(new RunScores(baseline, List.of(tonight), keys, .02).pValue())
                .isEqualTo(1);
    }

    private static RunScores of(Baseline baseline, double margin, Integer... right) {
        List<Tonight> passes =
                Stream.of(right).map(each -> tonight(firstRight(each))).toList();
        return new RunScores(baseline, passes, SCORED, margin);
    }
}
