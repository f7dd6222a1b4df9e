package dev.lockstep.gate;

import static dev.lockstep.gate.GateFixture.FINGERPRINTS;
import static dev.lockstep.gate.GateFixture.noScores;
import static dev.lockstep.gate.GateFixture.noisy;
import static dev.lockstep.gate.GateFixture.prints;
import static dev.lockstep.gate.GateFixture.tonight;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.BaselineRun;
import dev.lockstep.baseline.Calibration;
import dev.lockstep.baseline.FingerprintAspect;
import dev.lockstep.run.ForcedExchange;
import dev.lockstep.run.Sample;
import dev.lockstep.testing.Answers;
import dev.lockstep.testing.Runs;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RunDistancesTest {

    @Test
    void measures_each_run_from_the_others_and_tonight_from_all() {
        // −1.001, −1.002, −1.003: .0015, .001 and .0015 from the others; −1.002 is .000667 from all
        RunDistances distances = of(noisy(3), tonight(prints("same", -1.002)));

        assertThat(distances.least()).isCloseTo(.001, within(1e-12));
        assertThat(distances.most()).isCloseTo(.0015, within(1e-12));
        assertThat(distances.tonight()).isCloseTo(.002 / 3, within(1e-12));
    }

    @Test
    void takes_the_mean_of_all_that_was_asked_of_one_start() {
        RunDistances distances = of(noisy(3), tonight(prints("same", -1.002)), tonight(prints("same", -1.005)));

        assertThat(distances.tonight()).isCloseTo((.002 / 3 + .003) / 2, within(1e-12));
    }

    @Test
    void reaches_the_distance_that_its_own_test_sees_four_times_out_of_five() {
        // ln of .0015, .001, .0015; two degrees of freedom: t(.95) = .9/√.095, t(.8) = .6/√.32
        double mean = (2 * Math.log(.0015) + Math.log(.001)) / 3;
        double s = Math.log(1.5) / Math.sqrt(3);
        double quantiles = .9 / Math.sqrt(.095) + .6 / Math.sqrt(.32);

        assertThat(of(noisy(3), tonight(prints("same", -1.002))).reach(.05))
                .isCloseTo(Math.exp(mean + quantiles * s * Math.sqrt(4 / 3.0)), within(1e-9));
    }

    @Test
    void sees_no_less_than_one_answer_however_many_runs_there_are() {
        RunDistances distances =
                new RunDistances(FingerprintAspect.TOKENS, tokens(0, 0, 0), List.of(tonight(others(0))), FINGERPRINTS);

        assertThat(distances.reach(.05)).isCloseTo(.1, within(1e-12));
        assertThat(distances.remedy(.05, .05)).isEqualTo("about 2.0 times the prompts would do");
    }

    @Test
    void counts_answers_with_other_tokens_and_half_an_answer_more() {
        Baseline baseline = tokens(1, 2, 3);
        RunDistances distances =
                new RunDistances(FingerprintAspect.TOKENS, baseline, List.of(tonight(others(0))), FINGERPRINTS);

        // others(n) differ from each other in the larger n: run 1 from 2 and 3: (2 + 3) / 2 of 10
        assertThat(distances.least()).isCloseTo(.25, within(1e-12));
        assertThat(distances.most()).isCloseTo(.3, within(1e-12));
        assertThat(distances.tonight()).isCloseTo(.2, within(1e-12));
        assertThat(distances.reach(.05)).isPositive().isLessThan(1);
    }

    @Test
    void takes_an_answer_that_only_one_run_has_for_other_tokens_and_for_no_log_probability() {
        List<Sample> refusing = prints("same", -1);
        refusing.set(0, Answers.refused(FINGERPRINTS.getFirst()));
        Baseline baseline =
                Runs.baseline(Runs.run("a", prints("same", -1), noScores()), Runs.run("b", refusing, noScores()));

        assertThat(of(baseline, tonight(prints("same", -1.5))).tonight()).isCloseTo(.5, within(1e-12));
        assertThat(new RunDistances(
                                FingerprintAspect.TOKENS, baseline, List.of(tonight(prints("same", -1))), FINGERPRINTS)
                        .tonight())
                .isCloseTo(.05, within(1e-12));
    }

    @Test
    void leaves_out_prompts_whose_tokens_a_run_could_not_be_given() {
        List<Sample> some = forced(Answers.prompted("same", -3), 4);
        Baseline baseline = Runs.baseline(
                Runs.run("a", forced(Answers.prompted("same", -1), 10), noScores()),
                Runs.run("b", forced(Answers.prompted("same", -2), 10), noScores()));

        assertThat(new RunDistances(FingerprintAspect.PREFILL, baseline, List.of(tonight(some)), FINGERPRINTS)
                        .tonight())
                .isCloseTo(1.5, within(1e-12));
    }

    @Test
    void tells_what_an_unchanged_run_exceeds_once_in_forty() {
        // ln of .0015, .001, .0015 again; t(.975) with two degrees of freedom = .95 / √.04875
        double mean = (2 * Math.log(.0015) + Math.log(.001)) / 3;
        double s = Math.log(1.5) / Math.sqrt(3);

        assertThat(of(noisy(3), tonight(prints("same", -1.002))).usual())
                .isCloseTo(Math.exp(mean + .95 / Math.sqrt(.04875) * s * Math.sqrt(4 / 3.0)), within(1e-9));
    }

    /** Wilson's interval is of answers that differ by themselves, against one run: another figure than a share meant over runs. */
    @Test
    void tells_no_interval_of_independent_answers_where_a_run_shares_its_noise() {
        Baseline noisy = tokens(0, 1, 2, 3, 4, 5, 6)
                .withCalibrations(List.of(new Calibration("L1", 7, FINGERPRINTS.size(), 60, 21)));

        Finding finding = new FingerprintDetector(
                        FingerprintAspect.TOKENS, noisy, List.of(tonight(others(9))), GatePolicy.defaults())
                .find(Repeats.none());

        assertThat(finding.effect())
                .startsWith("90.0 % of the answers are others than in an approved run, unchanged runs ")
                .contains("; the mean length moved by 45.0 %")
                .doesNotContain("interval");
    }

    private static List<Sample> forced(ForcedExchange forced, int count) {
        return FINGERPRINTS.stream()
                .map(key -> FINGERPRINTS.indexOf(key) < count
                        ? Answers.answered(key, Answers.body("same", -1), forced)
                        : Answers.answered(key, "same", -1))
                .toList();
    }

    private static RunDistances of(Baseline baseline, Tonight... passes) {
        return new RunDistances(FingerprintAspect.LOGPROBS, baseline, List.of(passes), FINGERPRINTS);
    }

    /** Runs whose first so many answers are words of their own. */
    private static Baseline tokens(int... others) {
        BaselineRun[] runs = Arrays.stream(others)
                .mapToObj(count -> Runs.run("t" + count, others(count), noScores()))
                .toArray(BaselineRun[]::new);
        return Runs.baseline(runs);
    }

    private static List<Sample> others(int count) {
        List<Sample> samples = prints("same", -1);
        for (int i = 0; i < count; i++) {
            samples.set(i, Answers.answered(FINGERPRINTS.get(i), "other" + count, -1));
        }
        return samples;
    }
}
