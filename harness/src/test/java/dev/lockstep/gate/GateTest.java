package dev.lockstep.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.BaselineRun;
import dev.lockstep.baseline.Calibration;
import dev.lockstep.baseline.ScoreTable;
import dev.lockstep.lock.Layer;
import dev.lockstep.run.RunLog;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import dev.lockstep.testing.Answers;
import dev.lockstep.testing.Runs;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateTest {
    private static final String PRINTS = "prints";
    private static final GatePolicy POLICY = GatePolicy.defaults();
    private static final List<SampleKey> FINGERPRINTS = keys(PRINTS, 10);
    private static final List<SampleKey> SCORED = keys("text", 100);

    @Test
    void passes_identical_answers() {
        Gate.Judgement judgement = judge(POLICY, prints("same", -1), prints("same", -1), List.of());

        assertThat(judgement.verdict())
                .isEqualTo(
                        new Verdict.Pass(
                                List.of(
                                        "L1: 0 of 10 samples differ; IDENTICAL: every token and log-probability is the baseline's",
                                        "L4: not judged; no score was compared, because every suite of this run has role 'fingerprint'")));
    }

    @Test
    void never_lets_a_pass_without_fingerprints_look_as_if_tokens_were_compared() {
        assertThat(judgeScores(90, 90).verdict())
                .isEqualTo(
                        new Verdict.Pass(
                                List.of(
                                        "L4: 0 of 100 samples differ; IDENTICAL: no answer changed its score",
                                        "L1: not judged; no token and no log-probability was compared, because no suite of this run has"
                                                + " role 'fingerprint': this PASS rests on scores alone",
                                        "smallest change of score that this run can call drift: 8 samples of 100 flipping one way (8.0 pp)")));
    }

    @Test
    void takes_scores_without_a_flip_for_a_sample_where_nobody_proved_that_they_repeat() {
        Verdict verdict = judgeScores(new Calibration("L4", 2, 100, 0), 90, 90).verdict();

        assertThat(verdict.name()).isEqualTo("PASS");
        assertThat(verdict.reasons().getFirst())
                .isEqualTo(
                        "L4: 0 of 100 samples differ; 0 lost, 0 gained; change +0.0 pp, a loss of 5.0 pp is ruled out"
                                + " (p 0.011)");
    }

    @Test
    void cannot_decide_by_few_scores_of_which_nobody_proved_that_they_repeat() {
        assertThat(judgeScores(SCORED.subList(0, 35), new Calibration("L4", 4, 105, 0), 26, 26)
                        .verdict())
                .isEqualTo(new Verdict.Inconclusive(List.of(
                        "L4: 0 of 35 samples differ; 0 lost, 0 gained; change +0.0 pp, a loss of 5.0 pp is not ruled out"
                                + " (p 0.087); without a flip, 70 samples would rule it out, there are 35; or prove that"
                                + " scores repeat: needs 300 comparisons between runs, it has 105; record 6 more")));
    }

    @ParameterizedTest
    @CsvSource({"90", "80"})
    void cannot_decide_about_noisy_scores_with_fewer_than_seven_runs(int rightNow) {
        assertThat(judgeScores(new Calibration("L4", 4, 405, 3), 90, rightNow).verdict())
                .isEqualTo(new Verdict.Inconclusive(List.of("L4: " + (90 - rightNow)
                        + " of 100 samples differ; a noisy layer needs 7 approved runs, it has 4; record 3 more")));
    }

    @Test
    void judges_noisy_scores_of_seven_runs_by_their_number() {
        assertThat(judgeScores(new Calibration("L4", 7, 600, 3), 90, 90)
                        .verdict()
                        .reasons())
                .first()
                .isEqualTo(
                        "L4: 0 of 100 samples differ; 0 lost, 0 gained; change +0.0 pp, a loss of 5.0 pp is ruled out"
                                + " (p 0.011)");
    }

    @Test
    void says_how_many_fingerprints_came_without_tokens() {
        List<Sample> samples = prints("same", -1);
        samples.set(3, Answers.answered(FINGERPRINTS.get(3), Answers.bare("same")));

        Finding finding = judge(POLICY, samples, samples, List.of()).findings().getFirst();

        assertThat(finding.result()).isEqualTo(Finding.Result.SAME);
        assertThat(finding.effect())
                .isEqualTo("IDENTICAL as far as it could be compared: 1 of 10 answers came without tokens, and only"
                        + " their text is known to be the baseline's");
    }

    @Test
    void calls_a_reproducible_last_bit_of_a_logprob_drift() {
        List<Sample> tonight = prints("same", -1);
        Sample moved = Answers.answered(FINGERPRINTS.get(3), "same", Math.nextUp(-1.0));
        tonight.set(3, moved);

        Gate.Judgement judgement = judge(POLICY, prints("same", -1), tonight, List.of(moved, moved, moved));

        assertThat(judgement.verdict().name()).isEqualTo("DRIFT");
        assertThat(judgement.verdict().reasons())
                .containsExactly(
                        "L1: 1 of 10 samples differ; 1 of 1 that were asked again gave the same other answer 3 times more",
                        "every prompt has as many tokens as then: nothing points to template, tokenizer or processor");
        assertThat(judgement.findings().getFirst().evidence())
                .containsExactly(
                        new Finding.Evidence(FINGERPRINTS.get(3), "logprob of token 0", "-1.0", "-0.9999999999999999"));
    }

    @Test
    void says_that_determinism_is_lost_when_a_difference_does_not_come_back() {
        List<Sample> tonight = prints("same", -1);
        tonight.set(3, Answers.answered(FINGERPRINTS.get(3), "same", -1.5));
        Sample back = Answers.answered(FINGERPRINTS.get(3), "same", -1);

        Verdict verdict = judge(POLICY, prints("same", -1), tonight, List.of(back, back, back))
                .verdict();

        assertThat(verdict)
                .isEqualTo(new Verdict.Inconclusive(List.of(
                        "L1: 1 of 10 samples differ; the layer was calibrated deterministic, but no difference came back"
                                + " in all 3 repeats: determinism is lost; find out why, or record a baseline of 7 runs"
                                + " that knows the noise")));
    }

    @Test
    void asks_differing_prompts_again_only_where_repeats_decide() {
        List<Sample> tonight = prints("same", -1);
        tonight.set(3, Answers.answered(FINGERPRINTS.get(3), "other", -1));
        Gate gate = new Gate(POLICY, Set.of());

        assertThat(gate.toRepeat(
                        deterministic(prints("same", -1)), tonight(tonight, noScores(), List.of()), Repeats.none()))
                .containsExactly(FINGERPRINTS.get(3));
        assertThat(gate.toRepeat(noisy(3), tonight(tonight, noScores(), List.of()), Repeats.none()))
                .isEmpty();
    }

    @Test
    void asks_further_prompts_again_until_a_difference_comes_back() {
        List<SampleKey> keys = keys(PRINTS, 25);
        Baseline baseline = deterministic(answered(keys, "same"));
        Tonight tonight = new Tonight(keys, Set.of(PRINTS), Runs.log("b", answered(keys, "other")), noScores());
        Gate gate = new Gate(POLICY, Set.of());
        Sample back = Answers.answered(keys.get(10), "other", -1);

        List<Sample> asked = new ArrayList<>(thrice(answered(keys.subList(0, 10), "same")));
        assertThat(gate.toRepeat(baseline, tonight, Repeats.none())).isEqualTo(keys.subList(0, 10));
        assertThat(gate.toRepeat(baseline, tonight, Repeats.of(asked))).isEqualTo(keys.subList(10, 20));
        asked.addAll(List.of(back, back));
        assertThat(gate.toRepeat(baseline, tonight, Repeats.of(asked))).isEqualTo(keys.subList(10, 20));
        asked.add(back);
        assertThat(gate.toRepeat(baseline, tonight, Repeats.of(asked))).isEmpty();
    }

    @Test
    void asks_nothing_again_when_a_refusal_decides_or_everything_was_asked() {
        Gate gate = new Gate(POLICY, Set.of());
        List<Sample> refusing = prints("other", -1);
        refusing.set(2, Answers.refused(FINGERPRINTS.get(2)));
        Tonight moved = tonight(prints("other", -1), noScores(), List.of());
        Repeats all = Repeats.of(thrice(prints("same", -1)));

        assertThat(gate.toRepeat(deterministic(prints("same", -1)), tonight(refusing, noScores(), List.of()), all))
                .isEmpty();
        assertThat(gate.toRepeat(deterministic(prints("same", -1)), moved, all)).isEmpty();
    }

    @Test
    void cannot_decide_about_differences_that_nobody_asked_again() {
        Verdict verdict = judge(POLICY, prints("same", -1), prints("other", -1), List.of())
                .verdict();

        assertThat(verdict)
                .isEqualTo(new Verdict.Inconclusive(List.of(
                        "L1: 10 of 10 samples differ; none of them was asked again, so nobody knows whether they"
                                + " come back")));
    }

    @Test
    void cannot_decide_on_a_noisy_layer_with_fewer_than_seven_runs() {
        Verdict verdict = new Gate(POLICY, Set.of())
                .judge(noisy(3), tonight(prints("same", -1.0001), noScores(), List.of()), Repeats.none(), List.of())
                .verdict();

        assertThat(verdict)
                .isEqualTo(new Verdict.Inconclusive(List.of(
                        "L1: 10 of 10 samples differ; a noisy layer needs 7 approved runs, it has 3; record 4 more")));
    }

    @Test
    void calls_every_difference_drift_when_told_to_judge_by_bare_equality() {
        Verdict verdict = new Gate(POLICY.withJudging(GatePolicy.Judging.EQUALITY), Set.of())
                .judge(noisy(3), tonight(prints("same", -1.0001), noScores(), List.of()), Repeats.none(), List.of())
                .verdict();

        assertThat(verdict)
                .isEqualTo(new Verdict.Drift(
                        Verdict.Scope.STACK,
                        List.of(),
                        List.of(
                                "L1: 10 of 10 samples differ; judged by bare equality, which calls noise a difference, too",
                                "every prompt has as many tokens as then: nothing points to template, tokenizer or"
                                        + " processor")));
    }

    @Test
    void judges_a_noisy_layer_by_the_spread_of_seven_runs() {
        Gate gate = new Gate(POLICY, Set.of());

        Gate.Judgement usual =
                gate.judge(noisy(7), tonight(prints("same", -1.004), noScores(), List.of()), Repeats.none(), List.of());
        Gate.Judgement moved =
                gate.judge(noisy(7), tonight(prints("same", -2), noScores(), List.of()), Repeats.none(), List.of());

        assertThat(usual.verdict().name()).isEqualTo("PASS");
        assertThat(usual.findings().getFirst().basis()).isEqualTo("run-level t");
        assertThat(moved.verdict().name()).isEqualTo("DRIFT");
        assertThat(moved.findings().getFirst().pValue().orElseThrow()).isLessThan(1e-6);
    }

    @Test
    void sees_on_a_noisy_layer_that_tokens_are_gone_and_says_so() {
        List<Sample> tonight = new ArrayList<>();
        FINGERPRINTS.forEach(key -> tonight.add(Answers.answered(key, Answers.bare("same"))));

        Gate.Judgement judgement = new Gate(POLICY, Set.of())
                .judge(noisy(7), tonight(tonight, noScores(), List.of()), Repeats.none(), List.of());

        assertThat(judgement.verdict().name()).isEqualTo("DRIFT");
        assertThat(judgement.findings().getFirst().effect())
                .isEqualTo(
                        "mean |Δlogprob| 1.00e+01, unchanged runs 2.00e-03 to 3.50e-03; 10 of 10 answers came without"
                                + " tokens: 0 where all that was made of them is equal, else 10");
    }

    @Test
    void cannot_decide_before_enough_comparisons() {
        Baseline thin = Runs.baseline(new Calibration("L1", 2, 106, 0), Runs.run("a", prints("same", -1), noScores()));

        Verdict verdict = new Gate(POLICY, Set.of())
                .judge(thin, tonight(prints("same", -1), noScores(), List.of()), Repeats.none(), List.of())
                .verdict();

        assertThat(verdict)
                .isEqualTo(new Verdict.Inconclusive(List.of(
                        "L1: 0 of 10 samples differ; needs 300 comparisons between runs, it has 106; record 2 more")));
    }

    @Test
    void calls_many_lost_answers_drift_by_exact_mcnemar() {
        Gate.Judgement judgement = judgeScores(90, 80);

        assertThat(judgement.verdict().name()).isEqualTo("DRIFT");
        Finding finding = judgement.findings().getFirst();
        assertThat(finding.pValue().orElseThrow()).isEqualTo(2 * Math.pow(.5, 10));
        assertThat(finding.effect()).isEqualTo("10 lost, 0 gained; change -10.0 pp, 90 % interval -15.8 to -4.9 pp");
    }

    @Test
    void passes_a_flip_within_the_margin_and_says_what_it_could_have_seen() {
        Verdict verdict = judgeScores(90, 89).verdict();

        assertThat(verdict.name()).isEqualTo("PASS");
        assertThat(verdict.reasons())
                .contains(
                        "L4: 1 of 100 samples differ; 1 lost, 0 gained; change -1.0 pp, a loss of 5.0 pp is ruled out"
                                + " (p 0.033)",
                        "smallest change of score that this run can call drift: 8 samples of 100 flipping one way (8.0 pp)");
    }

    @Test
    void cannot_decide_on_flips_that_are_neither_significant_nor_within_the_margin() {
        assertThat(judgeScores(90, 86).verdict())
                .isEqualTo(new Verdict.Inconclusive(List.of(
                        "L4: 4 of 100 samples differ; 4 lost, 0 gained; change -4.0 pp, a loss of 5.0 pp is not ruled out"
                                + " (p 0.323); if as large a share flips again, 200 samples would call it drift, there are"
                                + " 100")));
    }

    @Test
    void never_judges_a_run_with_unasked_or_failed_samples() {
        List<Sample> tonight = prints("other", -1);
        tonight.set(0, Answers.failed(FINGERPRINTS.getFirst()));
        tonight.removeLast();

        Verdict verdict = judge(POLICY, prints("same", -1), tonight, List.of()).verdict();

        assertThat(verdict)
                .isEqualTo(new Verdict.Invalid(List.of(
                        "1 of 10 planned samples were never asked, first prints/c9/0; the endpoint was given up."
                                + " Start the same command again when it is back",
                        "1 of 10 samples failed in the infrastructure: prints/c0/0 (connection refused)")));
    }

    @Test
    void takes_a_reproducible_refusal_for_behaviour() {
        List<Sample> tonight = prints("same", -1);
        tonight.set(2, Answers.refused(FINGERPRINTS.get(2)));

        Gate.Judgement judgement = judge(POLICY, prints("same", -1), tonight, List.of());

        assertThat(judgement.verdict().name()).isEqualTo("DRIFT");
        assertThat(judgement.findings().getFirst().evidence())
                .containsExactly(new Finding.Evidence(FINGERPRINTS.get(2), "outcome", "answered", "refused"));
    }

    @Test
    void takes_refusals_without_any_answer_for_an_outage() {
        List<Sample> tonight = new ArrayList<>();
        FINGERPRINTS.forEach(key -> tonight.add(Answers.refused(key)));

        Verdict verdict = judge(POLICY, prints("same", -1), tonight, List.of()).verdict();

        assertThat(verdict)
                .isEqualTo(new Verdict.Invalid(List.of(
                        "the stack refused every sample: nothing tells that from an outage; see to the server")));
    }

    @Test
    void sees_a_refusal_and_an_early_end_on_a_noisy_layer() {
        List<Sample> refusing = prints("same", -1.004);
        refusing.set(2, Answers.refused(FINGERPRINTS.get(2)));
        List<Sample> ending = prints("same", -1.004);
        ending.set(2, Answers.answered(FINGERPRINTS.get(2), "sa", -1.004));
        Gate gate = new Gate(POLICY, Set.of());

        assertThat(gate.judge(noisy(7), tonight(refusing, noScores(), List.of()), Repeats.none(), List.of())
                        .verdict()
                        .name())
                .isEqualTo("DRIFT");
        assertThat(gate.judge(noisy(7), tonight(ending, noScores(), List.of()), Repeats.none(), List.of())
                        .verdict()
                        .name())
                .isEqualTo("DRIFT");
    }

    @Test
    void compares_no_case_that_changed() {
        Baseline other = Runs.baseline(
                Runs.DETERMINISTIC,
                Runs.run("a", List.of(Answers.answered(new SampleKey("old", "c", 0), "x", -1)), noScores()));

        Verdict verdict = new Gate(POLICY, Set.of())
                .judge(other, tonight(prints("same", -1), noScores(), List.of()), Repeats.none(), List.of())
                .verdict();

        assertThat(verdict)
                .isEqualTo(
                        new Verdict.Invalid(
                                List.of(
                                        "no case of this run is in the baseline; these are other suites: record and approve a baseline of them")));
    }

    @Test
    void names_the_layers_that_nobody_verified_as_those_that_cannot_be_ruled_out() {
        Verdict verdict = drifted(EnumSet.complementOf(EnumSet.of(Layer.WEIGHTS)), prints("other", -1));

        assertThat(verdict.layers())
                .containsExactly(
                        Layer.QUANTIZATION,
                        Layer.MODEL_CONFIG,
                        Layer.GENERATION_DEFAULTS,
                        Layer.ADAPTERS,
                        Layer.ENGINE,
                        Layer.LAUNCH,
                        Layer.HARDWARE);
        assertThat(verdict.naming()).isEqualTo("cannot be ruled out");
    }

    @Test
    void accuses_nothing_where_only_the_hardware_is_not_proved() {
        Verdict verdict = drifted(EnumSet.of(Layer.PROVENANCE, Layer.HARDWARE), prints("other", -1));

        assertThat(verdict.layers()).containsExactly(Layer.HARDWARE);
        assertThat(verdict.naming())
                .isEqualTo("every other layer that fits the evidence is proved to be the locked one; not proved");
    }

    @Test
    void looks_at_the_prompts_when_their_numbers_of_tokens_moved() {
        List<Sample> tonight = prints("other", -1);
        String longer = Answers.body("other", -1).replace("\"prompt_tokens\":7", "\"prompt_tokens\":8");
        tonight.set(3, Answers.answered(FINGERPRINTS.get(3), longer));

        Verdict verdict = drifted(EnumSet.allOf(Layer.class), tonight);

        assertThat(verdict.layers()).containsExactly(Layer.TOKENIZER, Layer.TEMPLATE, Layer.PROCESSOR);
        assertThat(verdict.reasons())
                .last()
                .isEqualTo("prompts have other token counts than then: look at template, tokenizer and processor");
    }

    @Test
    void spares_no_side_when_the_server_tells_no_token_counts() {
        List<Sample> tonight = new ArrayList<>();
        FINGERPRINTS.forEach(key -> tonight.add(Answers.answered(key, Answers.bare("other"))));

        Verdict verdict = drifted(EnumSet.of(Layer.WEIGHTS, Layer.TEMPLATE, Layer.PROVENANCE), tonight);

        assertThat(verdict.layers()).containsExactly(Layer.WEIGHTS, Layer.TEMPLATE);
        assertThat(verdict.reasons())
                .last()
                .isEqualTo("the server tells no token counts: nothing says whether the prompts moved or what computes"
                        + " the answers");
    }

    @Test
    void reports_trouble_before_anything_else() {
        Verdict verdict = new Gate(POLICY, Set.of())
                .judge(
                        deterministic(prints("same", -1)),
                        tonight(prints("other", -1), noScores(), List.of()),
                        Repeats.none(),
                        List.of("the server was restarted"))
                .verdict();

        assertThat(verdict).isEqualTo(new Verdict.Invalid(List.of("the server was restarted")));
    }

    private static Gate.Judgement judge(GatePolicy policy, List<Sample> then, List<Sample> now, List<Sample> repeats) {
        return new Gate(policy, Set.of())
                .judge(deterministic(then), tonight(now, noScores(), repeats), Repeats.of(repeats), List.of());
    }

    /** A drift under a baseline of the answer "same". */
    private static Verdict drifted(Set<Layer> unverified, List<Sample> tonight) {
        List<Sample> repeats = new ArrayList<>();
        for (int i = 0; i < Repeats.TIMES; i++) {
            repeats.addAll(tonight);
        }
        return new Gate(POLICY, unverified)
                .judge(
                        deterministic(prints("same", -1)),
                        tonight(tonight, noScores(), repeats),
                        Repeats.of(repeats),
                        List.of())
                .verdict();
    }

    private static Gate.Judgement judgeScores(int rightThen, int rightNow) {
        return judgeScores(new Calibration("L4", 4, 405, 0), rightThen, rightNow);
    }

    private static Gate.Judgement judgeScores(Calibration scores, int rightThen, int rightNow) {
        return judgeScores(SCORED, scores, rightThen, rightNow);
    }

    private static Gate.Judgement judgeScores(List<SampleKey> keys, Calibration scores, int rightThen, int rightNow) {
        List<Sample> samples = answered(keys, "7");
        BaselineRun run = Runs.run("a", samples, firstRight(keys, rightThen));
        Tonight tonight = new Tonight(keys, Set.of(PRINTS), Runs.log("b", samples), firstRight(keys, rightNow));
        Baseline baseline = new Baseline(Runs.LOCK_ID, List.of(run), Runs.DETERMINISTIC, scores, "ada", "first");
        return new Gate(POLICY, Set.of()).judge(baseline, tonight, Repeats.none(), List.of());
    }

    private static ScoreTable firstRight(List<SampleKey> keys, int right) {
        return Runs.scores(keys.subList(0, right), keys.subList(right, keys.size()));
    }

    private static Tonight tonight(List<Sample> samples, ScoreTable scores, List<Sample> repeats) {
        List<Sample> all = new ArrayList<>(samples);
        return new Tonight(FINGERPRINTS, Set.of(PRINTS), withHashes(all, repeats), scores);
    }

    /** Unasked samples have a case hash as well: the header is written before anything is asked. */
    private static RunLog withHashes(List<Sample> samples, List<Sample> repeats) {
        var log = Runs.log("b", samples, repeats);
        var full = Runs.log("b", prints("", -1));
        return new RunLog(full.header(), log.samples(), repeats, List.of(), Optional.empty(), 0);
    }

    private static Baseline deterministic(List<Sample> samples) {
        return Runs.baseline(Runs.DETERMINISTIC, Runs.run("a", samples, noScores()));
    }

    private static Baseline noisy(int runs) {
        BaselineRun[] all = IntStream.range(0, runs)
                .mapToObj(i -> Runs.run("n" + i, prints("same", -1 - .001 * (i + 1)), noScores()))
                .toArray(BaselineRun[]::new);
        return Runs.baseline(new Calibration("L1", runs, (runs - 1) * 10, (runs - 1) * 10), all);
    }

    private static List<Sample> prints(String text, double logprob) {
        List<Sample> samples = new ArrayList<>();
        FINGERPRINTS.forEach(key -> samples.add(Answers.answered(key, text, logprob)));
        return samples;
    }

    private static List<Sample> answered(List<SampleKey> keys, String text) {
        return keys.stream().map(key -> Answers.answered(key, text, -1)).toList();
    }

    private static List<Sample> thrice(List<Sample> samples) {
        List<Sample> all = new ArrayList<>(samples);
        all.addAll(samples);
        all.addAll(samples);
        return all;
    }

    private static ScoreTable noScores() {
        return Runs.scores(List.of(), List.of());
    }

    private static List<SampleKey> keys(String suite, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new SampleKey(suite, "c" + i, 0))
                .toList();
    }
}
