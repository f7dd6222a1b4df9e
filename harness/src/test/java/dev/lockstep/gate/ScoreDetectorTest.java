package dev.lockstep.gate;

import static dev.lockstep.gate.GateFixture.SCORED;
import static dev.lockstep.gate.GateFixture.answered;
import static dev.lockstep.gate.GateFixture.asked;
import static dev.lockstep.gate.GateFixture.confirmation;
import static dev.lockstep.gate.GateFixture.firstRight;
import static dev.lockstep.gate.GateFixture.gate;
import static dev.lockstep.gate.GateFixture.scored;
import static dev.lockstep.gate.GateFixture.thrice;
import static dev.lockstep.gate.GateFixture.tonight;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.Calibration;
import dev.lockstep.baseline.ScoreTable;
import dev.lockstep.gate.Finding.Evidence;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import dev.lockstep.score.Score;
import dev.lockstep.testing.Answers;
import dev.lockstep.testing.Runs;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScoreDetectorTest {
    private static final Calibration UNCALIBRATED = new Calibration("L4", 2, 100, 100, 0);
    private static final Calibration UNKNOWN = new Calibration("L4", 1, 100, 0, 0);
    private static final Calibration NOISY = new Calibration("L4", 7, 100, 600, 9);
    private static final Sample LAST = Answers.answered(SCORED.get(89), "8", -1);

    @Test
    void never_lets_a_pass_without_fingerprints_look_as_if_tokens_were_compared() {
        assertThat(judge(Runs.SCORES, 90, 90).verdict())
                .isEqualTo(new Verdict.Pass(List.of(
                        "L4: 0 of 100 samples differ; IDENTICAL: no answer changed its score",
                        "L1, L2: not judged; no token and no log-probability was compared, because no suite of this"
                                + " run has role 'fingerprint': this verdict rests on scores alone",
                        "L3: not judged; no suite of this run has role 'samples'. In its place L4 looks at the scores of sampled answers:"
                                + " a server that samples in another way goes unseen where these do not move",
                        "L4: smallest change that this run would have seen: one answer that changes its score")));
    }

    @Test
    void takes_scores_without_a_flip_for_a_sample_where_nobody_proved_that_they_repeat() {
        Verdict verdict = judgeWithin(.05, 90, 90).verdict();

        assertThat(verdict.name()).isEqualTo("PASS");
        assertThat(verdict.reasons())
                .contains(
                        "L4: 0 of 100 samples differ; 0 of 100 cases fell, 0 rose; change +0.0 pp (95 % interval -3.5 to +3.5 pp); a loss of 5.0 pp is ruled out"
                                + " (p 0.011)",
                        "L4: smallest change that this run would have seen: one answer that changes its score,"
                                + " which leaves the verdict open");
    }

    @Test
    void cannot_decide_by_few_scores_of_which_nobody_proved_that_they_repeat() {
        assertThat(judge(UNCALIBRATED, 90, 90).verdict())
                .isEqualTo(
                        new Verdict.Inconclusive(
                                List.of(
                                        "L4: 0 of 100 samples differ; 0 of 100 cases fell, 0 rose; change +0.0 pp (95 % interval -3.5 to +3.5 pp); a loss of 2.0 pp is not ruled out"
                                                + " (p 0.077); without a change, 133 cases would rule it out, there are 100; or prove that"
                                                + " scores repeat: needs 300 comparisons between runs, it has 100; record 2 more, 4 runs in all")));
    }

    @Test
    void calls_one_flip_that_comes_back_a_change_where_scores_repeat_by_proof() {
        Gate.Judgement judgement = judgeOneFlip(sample -> 0);

        assertThat(judgement.verdict().name()).isEqualTo("DRIFT");
        assertThat(judgement.findings().getFirst().effect())
                .isEqualTo(
                        "1 of 1 that were asked again gave the same other answer 3 times more; 1 of 100 cases fell, 0 rose;"
                                + " change -1.0 pp (95 % interval -5.1 to +2.8 pp)");
        assertThat(judgement.findings().getFirst().evidence())
                .containsExactly(new Evidence(SCORED.get(89), "score", "right", "wrong"));
        assertThat(judgement.findings().getFirst().severity()).isEqualTo(Finding.Severity.WITHIN_MARGIN);
    }

    @Test
    void says_that_determinism_is_lost_when_a_flip_does_not_come_back() {
        assertThat(judgeOneFlip(sample -> 1).verdict())
                .isEqualTo(new Verdict.Inconclusive(List.of(
                        "L4: 1 of 100 samples differ; the layer was calibrated deterministic, but no difference came back"
                                + " in all 3 repeats: determinism is lost; find out why, or record a baseline of 7 runs"
                                + " that knows the noise")));
    }

    @Test
    void judges_a_flip_that_does_not_come_back_as_noise_where_enough_runs_are_approved() {
        Asked asked = new Asked(tonight(firstRight(89)), Repeats.of(thrice(List.of(LAST)), sample -> 1), List.of());

        Finding finding = gate().judge(scored(Runs.SCORES, 90, 90, 90, 90, 90, 90, 90), asked, List.of())
                .findings()
                .getFirst();

        assertThat(finding.basis()).isEqualTo(DriftRule.Basis.RUNS);
        assertThat(finding.effect())
                .isEqualTo(
                        "the layer was calibrated deterministic, but no difference came back in all 3 repeats: determinism is"
                                + " lost; judged as noise: mean change -1.0 pp against the approved runs, 95 % interval -3.6 to"
                                + " +1.6 pp; a loss of 2.0 pp is not ruled out (p 0.193); not deciding: p 0.13 by cases (exact"
                                + " CMH), p 0.13 by the rank of the run; about 3 times the cases would rule it out, or a margin"
                                + " of 3.0 pp");
    }

    @Test
    void takes_repeats_with_other_bits_and_the_same_score_for_the_same() {
        List<Sample> others = List.of(
                Answers.answered(SCORED.get(89), "x", -1),
                Answers.answered(SCORED.get(89), "y", -2),
                Answers.refused(SCORED.get(89)));
        Asked asked = new Asked(tonight(firstRight(89)), Repeats.of(others, sample -> 0), List.of());

        assertThat(gate().judge(scored(Runs.SCORES, 90), asked, List.of())
                        .verdict()
                        .name())
                .isEqualTo("DRIFT");
    }

    @Test
    void sees_a_score_that_moves_without_becoming_right_or_wrong() {
        Tonight moved = tonight(with(SCORED.get(99), .4));
        Baseline baseline = Runs.baseline(Runs.run("s", answered(SCORED, "7"), with(SCORED.get(99), .5)));

        assertThat(gate().toRepeat(baseline, asked(moved))).containsExactly(SCORED.get(99));
        assertThat(gate().judge(baseline, asked(moved), List.of())
                        .findings()
                        .getFirst()
                        .evidence())
                .containsExactly(new Evidence(SCORED.get(99), "score", "wrong (0.5)", "wrong (0.4)"));
    }

    /** Beside one run of which nobody knows the noise, as many flips in a worse start would look the same. */
    @Test
    void never_calls_flips_a_change_where_nobody_knows_the_noise() {
        Tonight lost = tonight(firstRight(80));
        Asked asked = asked(lost, confirmation("epoch-b", lost), confirmation("epoch-c", lost));

        Gate.Judgement judgement = gate().judge(scored(UNKNOWN, 90), asked, List.of());

        assertThat(judgement.verdict())
                .isEqualTo(new Verdict.Inconclusive(List.of(
                        "L4: 10 of 100 samples differ; 10 of 100 cases fell, 0 rose; change -10.0 pp (95 % interval -17.0 to -3.9 pp);"
                                + " a loss of 2.0 pp is not ruled out (p 0.997); not deciding: p 0.0020 by cases (exact McNemar), for nobody knows how much"
                                + " unchanged runs differ: needs 300 comparisons between runs, it has 0; record 3 more, 4 runs in"
                                + " all; where unchanged scores differ, 7 runs in all")));
        Finding finding = judgement.findings().getFirst();
        assertThat(finding.pValue()).isEmpty();
        assertThat(finding.severity()).isEqualTo(Finding.Severity.BEYOND_MARGIN);
        assertThat(gate().toConfirm(scored(UNKNOWN, 90), asked(lost)).keys()).isEmpty();
    }

    @Test
    void never_calls_a_flip_within_the_margin_the_same_where_nobody_knows_the_noise() {
        Verdict verdict = judgeWithin(.05, 90, 89).verdict();

        assertThat(verdict.name()).isEqualTo("INCONCLUSIVE");
        assertThat(verdict.reasons().getFirst())
                .startsWith("L4: 1 of 100 samples differ; 1 of 100 cases fell, 0 rose; change -1.0 pp (95 % interval")
                .contains("a loss of 5.0 pp is ruled out (p 0.033); not deciding: p 1.0 by cases (exact McNemar)");
    }

    /** Right in both approved runs, four lost cases are as likely as (⅓)⁴. */
    @Test
    void tells_each_case_against_all_approved_runs() {
        assertThat(find(scored(UNCALIBRATED, 90, 90), 86).effect())
                .contains("not deciding: p 0.012 by cases (exact CMH)");
    }

    /** A fall from .95 to .1 loses no right answer: at the next cut it would be none. */
    @Test
    void rules_no_fall_of_scores_out_that_were_never_right() {
        Baseline baseline = Runs.baseline(List.of(UNCALIBRATED), Runs.run("s", answered(SCORED, "7"), all(.95)));

        Finding finding = gate().judge(baseline, asked(tonight(all(.1))), List.of())
                .findings()
                .getFirst();

        assertThat(finding.result()).isEqualTo(Finding.Result.UNDECIDED);
        assertThat(finding.effect())
                .startsWith(
                        "100 of 100 cases fell, 0 rose; change -85.0 pp (95 % interval -85.0 to -85.0 pp); a loss of 2.0 pp is not ruled"
                                + " out (p 1.000); not deciding: p 0.00010 by cases (permutation within cases)");
    }

    /** The flips of a worse start are drawn from the start, and no p-value of cases knows that. */
    @Test
    void takes_no_part_in_the_screen_where_nobody_knows_the_noise() {
        List<Finding> findings = List.of(find(scored(UNKNOWN, 90), 70), find(scored(UNKNOWN, 90), 90));

        assertThat(Screen.tests(findings, GatePolicy.defaults())).isEmpty();
    }

    @Test
    void holds_a_noisy_run_against_the_mean_of_the_approved_ones() {
        Baseline baseline = scored(NOISY, 90, 91, 89, 90, 90, 91, 89);

        Finding same = find(baseline, 90);
        Finding lost = find(baseline, 70);

        assertThat(same.basis()).isEqualTo(DriftRule.Basis.RUNS);
        assertThat(same.result()).isEqualTo(Finding.Result.UNDECIDED);
        assertThat(same.effect())
                .isEqualTo(
                        "mean change +0.0 pp against the approved runs, 95 % interval -2.6 to +2.6 pp; a loss of 2.0 pp is not"
                                + " ruled out (p 0.055); not deciding: p 1.0 by cases (exact CMH), p 1.0 by the rank of the run; about 3 times"
                                + " the cases would rule it out, or a margin of 3.0 pp");
        assertThat(lost.pValue().orElseThrow()).isLessThan(1e-5);
        assertThat(lost.severity()).isEqualTo(Finding.Severity.BEYOND_MARGIN);
    }

    @ParameterizedTest
    @CsvSource({"90", "80"})
    void cannot_decide_on_noisy_scores_with_fewer_than_seven_runs(int now) {
        assertThat(judge(new Calibration("L4", 3, 100, 200, 5), 90, now).verdict())
                .isEqualTo(
                        new Verdict.Inconclusive(
                                List.of(
                                        "L4: " + (90 - now)
                                                + " of 100 samples differ; a noisy layer needs 7 approved runs, it has 3; record 4 more, 7 runs in all")));
    }

    @Test
    void calls_every_flip_drift_and_none_the_same_when_told_to_judge_by_bare_equality() {
        Gate equality = new Gate(GatePolicy.defaults().withJudging(GatePolicy.Judging.EQUALITY), Set.of());
        Baseline baseline = scored(new Calibration("L4", 3, 100, 200, 5), 90);

        assertThat(equality.judge(baseline, asked(tonight(firstRight(89))), List.of())
                        .verdict()
                        .name())
                .isEqualTo("DRIFT");
        assertThat(equality.judge(baseline, asked(tonight(firstRight(90))), List.of())
                        .verdict()
                        .name())
                .isEqualTo("PASS");
    }

    private static ScoreTable all(double value) {
        TreeMap<SampleKey, List<Score>> scores = new TreeMap<>();
        SCORED.forEach(key -> scores.put(key, List.of(new Score("cer@1", value, Score.Outcome.SCORED, ""))));
        return new ScoreTable(scores);
    }

    /** Nothing right but one sample's part. */
    private static ScoreTable with(SampleKey key, double value) {
        TreeMap<SampleKey, List<Score>> scores = new TreeMap<>(firstRight(90).scores());
        scores.put(key, List.of(new Score("exact@1", value, Score.Outcome.SCORED, "")));
        return new ScoreTable(scores);
    }

    private static Gate.Judgement judgeOneFlip(ToDoubleFunction<Sample> repeated) {
        Repeats repeats = Repeats.of(thrice(List.of(LAST)), repeated);
        Asked asked = new Asked(tonight(firstRight(89)), repeats, List.of());
        return gate().judge(scored(Runs.SCORES, 90), asked, List.of());
    }

    private static Gate.Judgement judge(Calibration calibration, int then, int now) {
        return gate().judge(scored(calibration, then), asked(tonight(firstRight(now))), List.of());
    }

    private static Gate.Judgement judgeWithin(double margin, int then, int now) {
        Gate gate = new Gate(Policies.withMargin(margin), Set.of());
        return gate.judge(scored(UNCALIBRATED, then), asked(tonight(firstRight(now))), List.of());
    }

    private static Finding find(Baseline baseline, int right) {
        return gate().judge(baseline, asked(tonight(firstRight(right))), List.of())
                .findings()
                .getFirst();
    }
}
