package dev.lockstep.gate;

import static dev.lockstep.gate.GateFixture.FINGERPRINTS;
import static dev.lockstep.gate.GateFixture.PRINTS;
import static dev.lockstep.gate.GateFixture.answered;
import static dev.lockstep.gate.GateFixture.asked;
import static dev.lockstep.gate.GateFixture.confirmation;
import static dev.lockstep.gate.GateFixture.deterministic;
import static dev.lockstep.gate.GateFixture.gate;
import static dev.lockstep.gate.GateFixture.keys;
import static dev.lockstep.gate.GateFixture.noScores;
import static dev.lockstep.gate.GateFixture.noisy;
import static dev.lockstep.gate.GateFixture.prints;
import static dev.lockstep.gate.GateFixture.repeats;
import static dev.lockstep.gate.GateFixture.thrice;
import static dev.lockstep.gate.GateFixture.tonight;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.Calibration;
import dev.lockstep.client.Attempt;
import dev.lockstep.client.Exchange;
import dev.lockstep.lock.Layer;
import dev.lockstep.run.ForcedExchange;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import dev.lockstep.testing.Answers;
import dev.lockstep.testing.Runs;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GateTest {
    private static final GatePolicy POLICY = GatePolicy.defaults();

    @Test
    void passes_identical_answers_and_says_what_it_would_have_seen() {
        Gate.Judgement judgement = judge(prints("same", -1), prints("same", -1), List.of());

        assertThat(judgement.verdict())
                .isEqualTo(new Verdict.Pass(List.of(
                        "L1: 0 of 10 samples differ; IDENTICAL: every token is the baseline's",
                        "L2: 0 of 10 samples differ; IDENTICAL: every log-probability is the baseline's, to the last bit",
                        "L2: the decode half alone; the endpoint gave no log-probabilities of prompt tokens. In their place the"
                                + " decode half looks at what follows the prompts: a change of how they are read goes unseen where no"
                                + " answer shows it",
                        "L3: not judged; no suite of this run has role 'samples'. In its place L1 looks at the answers of its prompts"
                                + " that are sampled with fixed seeds: a server that samples in another way goes unseen where these"
                                + " do not move",
                        "L4: not judged; no score was compared, because every suite of this run has another role than"
                                + " 'scores', or is advisory",
                        "L1: smallest change that this run would have seen: one token of one answer",
                        "L2: smallest change that this run would have seen: one bit of one log-probability")));
    }

    @Test
    void says_how_many_fingerprints_came_without_tokens() {
        List<Sample> samples = prints("same", -1);
        samples.set(3, Answers.answered(FINGERPRINTS.get(3), Answers.bare("same")));

        List<Finding> findings = judge(samples, samples, List.of()).findings();

        assertThat(findings).extracting(Finding::result).containsOnly(Finding.Result.SAME);
        assertThat(findings.getFirst().effect())
                .isEqualTo("IDENTICAL as far as it could be compared: 1 of 10 answers came without tokens, and only"
                        + " their text is known to be the baseline's");
        assertThat(findings.getLast().compared()).isEqualTo(9);
    }

    @Test
    void never_lets_a_pass_without_log_probabilities_look_as_if_they_were_compared() {
        List<Sample> bare = FINGERPRINTS.stream()
                .map(key -> Answers.answered(key, Answers.bare("same")))
                .toList();

        assertThat(judge(bare, bare, List.of()).verdict().reasons())
                .contains(
                        "L2: not judged; the endpoint sent no log-probabilities, so that only L1 looks at the fingerprint:"
                                + " a change that moves no token goes unseen");
    }

    @Test
    void calls_a_reproducible_last_bit_of_a_logprob_drift_of_log_probabilities_alone() {
        List<Sample> tonight = prints("same", -1);
        Sample moved = Answers.answered(FINGERPRINTS.get(3), "same", Math.nextUp(-1.0));
        tonight.set(3, moved);

        Gate.Judgement judgement = judge(prints("same", -1), tonight, List.of(moved, moved, moved));

        assertThat(judgement.verdict())
                .isEqualTo(new Verdict.Drift(
                        Verdict.Scope.STACK,
                        List.of(),
                        List.of(
                                "L2: 1 of 10 samples differ; 1 of 1 that were asked again gave the same other answer 3 times more; KL"
                                        + " 0 nats a token (95 % interval 0 to 0, approved runs up to 0), the likeliest token is the same at 100.0 % of 40"
                                        + " places",
                                "every prompt has as many tokens as then: no length points to template, tokenizer or"
                                        + " processor")));
        assertThat(judgement.findings().getFirst().changed()).isZero();
        assertThat(judgement.findings().getLast().severity()).isEqualTo(Finding.Severity.WITHIN_MARGIN);
        assertThat(judgement.findings().getLast().evidence())
                .containsExactly(
                        new Finding.Evidence(FINGERPRINTS.get(3), "logprob of token 0", "-1.0", "-0.9999999999999999"));
    }

    @Test
    void calls_other_tokens_drift_also_when_their_log_probabilities_are_noisy() {
        List<Sample> tonight = prints("same", -1);
        tonight.set(3, Answers.answered(FINGERPRINTS.get(3), "sane", -1));
        Sample again = Answers.answered(FINGERPRINTS.get(3), "sane", -1.002);

        Finding tokens = gate().judge(noisy(7), asked(tonight, List.of(again, again, again)), List.of())
                .findings()
                .getFirst();

        assertThat(tokens.result()).isEqualTo(Finding.Result.CHANGED);
        assertThat(tokens.effect())
                .isEqualTo(
                        "1 of 1 that were asked again gave the same other answer 3 times more; 95 % interval of the share that differs"
                                + " 1.8 % to 40.4 %; the mean length moved by 0.0 %");
    }

    @Test
    void says_that_determinism_is_lost_when_a_difference_does_not_come_back() {
        List<Sample> tonight = prints("same", -1);
        tonight.set(3, Answers.answered(FINGERPRINTS.get(3), "same", -1.5));
        Sample back = Answers.answered(FINGERPRINTS.get(3), "same", -1);

        Verdict verdict =
                judge(prints("same", -1), tonight, List.of(back, back, back)).verdict();

        assertThat(verdict)
                .isEqualTo(new Verdict.Inconclusive(List.of(
                        "L2: 1 of 10 samples differ; the layer was calibrated deterministic, but no difference came back"
                                + " in all 3 repeats: determinism is lost; find out why, or record a baseline of 7 runs"
                                + " that knows the noise")));
    }

    @Test
    void asks_differing_prompts_again_only_where_repeats_decide() {
        List<Sample> tonight = prints("same", -1);
        tonight.set(3, Answers.answered(FINGERPRINTS.get(3), "same", -2));

        assertThat(gate().toRepeat(deterministic(prints("same", -1)), asked(tonight(tonight))))
                .containsExactly(FINGERPRINTS.get(3));
        assertThat(gate().toRepeat(noisy(3), asked(tonight(tonight)))).isEmpty();
    }

    @Test
    void asks_further_prompts_again_until_a_difference_comes_back() {
        List<SampleKey> keys = keys(PRINTS, 25);
        Baseline baseline = deterministic(answered(keys, "same"));
        Tonight tonight =
                new Tonight(keys, Set.of(PRINTS), Set.of(), Runs.log("b", answered(keys, "other")), noScores());
        Sample back = Answers.answered(keys.get(10), "other", -1);

        List<Sample> again = new ArrayList<>(thrice(answered(keys.subList(0, 10), "same")));
        assertThat(toRepeat(baseline, tonight, List.of())).isEqualTo(keys.subList(0, 10));
        assertThat(toRepeat(baseline, tonight, again)).isEqualTo(keys.subList(10, 20));
        again.addAll(List.of(back, back));
        assertThat(toRepeat(baseline, tonight, again)).isEqualTo(keys.subList(10, 20));
        again.add(back);
        assertThat(toRepeat(baseline, tonight, again)).isEmpty();
    }

    @Test
    void asks_nothing_again_when_a_refusal_decides_or_everything_was_asked() {
        Baseline baseline = deterministic(prints("same", -1));
        List<Sample> refusing = prints("other", -1);
        refusing.set(2, Answers.refused(FINGERPRINTS.get(2)));

        assertThat(gate().toRepeat(baseline, asked(tonight(refusing)))).isEmpty();
        assertThat(gate().toRepeat(baseline, asked(prints("other", -1), thrice(prints("same", -1)))))
                .isEmpty();
    }

    @Test
    void cannot_decide_about_differences_that_nobody_asked_again() {
        Verdict verdict =
                judge(prints("same", -1), prints("other", -1), List.of()).verdict();

        String unasked =
                ": 10 of 10 samples differ; none of them was asked again, so nobody knows whether they come back";
        assertThat(verdict).isEqualTo(new Verdict.Inconclusive(List.of("L1" + unasked, "L2" + unasked)));
    }

    @Test
    void cannot_decide_on_a_noisy_layer_with_fewer_than_seven_runs() {
        assertThat(judgeNoisy(3, prints("same", -1.0001)))
                .isEqualTo(
                        new Verdict.Inconclusive(
                                List.of(
                                        "L2: 10 of 10 samples differ; a noisy layer needs 7 approved runs, it has 3; record 4 more, 7 runs in all")));
    }

    @Test
    void calls_every_difference_drift_when_told_to_judge_by_bare_equality() {
        Verdict verdict = new Gate(POLICY.withJudging(GatePolicy.Judging.EQUALITY), Set.of())
                .judge(noisy(3), asked(tonight(prints("same", -1.0001))), List.of())
                .verdict();

        assertThat(verdict)
                .isEqualTo(new Verdict.Drift(
                        Verdict.Scope.STACK,
                        List.of(),
                        List.of(
                                "L2: 10 of 10 samples differ; judged by bare equality, which calls noise a difference, too; KL 2.4e-07"
                                        + " nats a token (95 % interval 2.4e-07 to 2.4e-07, approved runs up to 1.2e-06), the likeliest token is the same at 100.0 % of"
                                        + " 40 places",
                                "every prompt has as many tokens as then: no length points to template, tokenizer or"
                                        + " processor")));
    }

    @Test
    void passes_a_noisy_layer_inside_the_spread_of_seven_runs() {
        Verdict verdict = judgeNoisy(7, prints("same", -1.004));

        assertThat(verdict.name()).isEqualTo("PASS");
        assertThat(verdict.reasons())
                .contains(
                        "L2: 10 of 10 samples differ; mean |Δlogprob| 1.71e-03, unchanged runs 2.00e-03 to 3.50e-03 (39 of 40"
                                + " below 4.74e-03); KL 2.6e-06 nats a token (95 % interval 2.6e-06 to 2.6e-06, approved runs up to 1.0e-05), the likeliest token is the"
                                + " same at 100.0 % of 40 places",
                        "L2: smallest change that this run would have seen: mean |Δlogprob| 6.72e-03 from the approved"
                                + " runs");
    }

    @Test
    void sees_on_a_noisy_layer_that_tokens_are_gone_and_says_so() {
        Tonight bare = tonight(FINGERPRINTS.stream()
                .map(key -> Answers.answered(key, Answers.bare("same")))
                .toList());

        Gate.Judgement judgement = gate().judge(noisy(7), asked(bare, confirmation("epoch-b", bare)), List.of());

        assertThat(judgement.verdict().name()).isEqualTo("DRIFT");
        assertThat(judgement.findings().getLast().effect())
                .isEqualTo(
                        "mean |Δlogprob| 1.00e+01, unchanged runs 2.00e-03 to 3.50e-03 (39 of 40 below 4.74e-03); 10 of 10"
                                + " answers came without tokens, and count as 10; no alternatives to measure a divergence by; the screen fired (p < 0.0001), and fresh answers confirm it (p < 0.0001)");
    }

    @Test
    void cannot_decide_before_enough_comparisons() {
        Baseline thin = Runs.baseline(
                List.of(new Calibration("L1", 2, 106, 106, 0), new Calibration("L2", 2, 106, 106, 0)),
                Runs.run("a", prints("same", -1), noScores()));

        Verdict verdict = gate().judge(thin, asked(tonight(prints("same", -1))), List.of())
                .verdict();

        String thinly =
                ": 0 of 10 samples differ; needs 300 comparisons between runs, it has 106; record 2 more, 4 runs in all";
        assertThat(verdict).isEqualTo(new Verdict.Inconclusive(List.of("L1" + thinly, "L2" + thinly)));
    }

    @Test
    void never_judges_a_run_with_unasked_or_failed_samples() {
        List<Sample> tonight = prints("other", -1);
        tonight.set(0, Answers.failed(FINGERPRINTS.getFirst()));
        tonight.removeLast();

        Verdict verdict = judge(prints("same", -1), tonight, List.of()).verdict();

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

        Gate.Judgement judgement = judge(prints("same", -1), tonight, List.of());

        assertThat(judgement.verdict().name()).isEqualTo("DRIFT");
        assertThat(judgement.findings().getFirst().evidence())
                .containsExactly(new Finding.Evidence(FINGERPRINTS.get(2), "outcome", "answered", "refused"));
        assertThat(judgement.findings().getFirst().effect())
                .startsWith(
                        "1 were refused in every try; 95 % interval of the share that differs 1.8 % to 40.4 %; the mean length");
    }

    @Test
    void takes_refusals_without_any_answer_for_an_outage() {
        List<Sample> tonight = new ArrayList<>();
        FINGERPRINTS.forEach(key -> tonight.add(Answers.refused(key)));

        Verdict verdict = judge(prints("same", -1), tonight, List.of()).verdict();

        assertThat(verdict)
                .isEqualTo(new Verdict.Invalid(List.of(
                        "the stack refused every sample: nothing tells that from an outage; see to the server")));
    }

    @Test
    void sees_a_refusal_and_an_early_end_beside_a_noisy_layer() {
        List<Sample> refusing = prints("same", -1.004);
        refusing.set(2, Answers.refused(FINGERPRINTS.get(2)));
        Sample early = Answers.answered(FINGERPRINTS.get(2), "sa", -1.004);
        List<Sample> ending = prints("same", -1.004);
        ending.set(2, early);

        assertThat(judgeNoisy(7, refusing).name()).isEqualTo("DRIFT");
        assertThat(gate().judge(noisy(7), asked(ending, List.of(early, early, early)), List.of())
                        .verdict()
                        .name())
                .isEqualTo("DRIFT");
    }

    @Test
    void compares_no_case_that_changed() {
        Baseline other = deterministic(List.of(Answers.answered(new SampleKey("old", "c", 0), "x", -1)));

        Verdict verdict = gate().judge(other, asked(tonight(prints("same", -1))), List.of())
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

        assertThat(verdict.layers())
                .containsExactly(Layer.TOKENIZER, Layer.TEMPLATE, Layer.PROCESSOR, Layer.ENGINE, Layer.LAUNCH);
        assertThat(verdict.reasons())
                .last()
                .isEqualTo("prompts have other token counts than then: look at template, tokenizer and processor, then"
                        + " at how the engine was launched");
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
        Verdict verdict = gate().judge(
                        deterministic(prints("same", -1)),
                        asked(tonight(prints("other", -1))),
                        List.of("the server was restarted"))
                .verdict();

        assertThat(verdict).isEqualTo(new Verdict.Invalid(List.of("the server was restarted")));
    }

    private static List<SampleKey> toRepeat(Baseline baseline, Tonight tonight, List<Sample> repeats) {
        return gate().toRepeat(baseline, new Asked(tonight, repeats(repeats), List.of()));
    }

    private static Gate.Judgement judge(List<Sample> then, List<Sample> now, List<Sample> repeats) {
        return gate().judge(deterministic(then), asked(now, repeats), List.of());
    }

    private static Verdict judgeNoisy(int runs, List<Sample> now) {
        return gate().judge(noisy(runs), asked(tonight(now)), List.of()).verdict();
    }

    /** A drift under a baseline of the answer "same". */
    private static Verdict drifted(Set<Layer> unverified, List<Sample> tonight) {
        return new Gate(POLICY, unverified)
                .judge(deterministic(prints("same", -1)), asked(tonight, thrice(tonight)), List.of())
                .verdict();
    }

    @Test
    void judges_the_prefill_half_where_the_baseline_has_it() {
        Baseline then = prefilled(10);

        assertThat(gate().judge(then, asked(tonight(forced(10, -3))), List.of()).findings())
                .extracting(finding -> finding.detector() + " " + finding.result() + " " + finding.changed())
                .containsExactly("L1 SAME 0", "L2 SAME 0", "L2 prefill UNDECIDED 10");
        assertThat(gate().judge(then, asked(tonight(forced(10, -2))), List.of())
                        .verdict()
                        .reasons())
                .contains(
                        "L2 prefill: 0 of 10 samples differ; IDENTICAL: every log-probability of the baseline's tokens, read as a"
                                + " prompt, is the baseline's, to the last bit")
                .noneMatch(reason -> reason.contains("the decode half alone"));
    }

    @Test
    void cannot_pass_when_the_endpoint_does_not_score_prompts_any_more() {
        Verdict lost = gate().judge(prefilled(10), asked(tonight(forced(0, -2))), List.of())
                .verdict();

        assertThat(lost)
                .isEqualTo(new Verdict.Inconclusive(List.of(
                        "L2 prefill: 0 of the 10 prompts of the baseline could be compared, the floor is 80 %: the others have"
                                + " other tokens tonight, or the endpoint does not score them any more; see what it answers in the run"
                                + " log (forced)")));
    }

    @Test
    void never_judges_a_run_whose_scoring_requests_failed() {
        ForcedExchange answered = Answers.prompted("same", -2);
        Exchange lost = new Exchange(
                503, "", Map.of(), answered.exchange().timing(), List.of(new Attempt(503, "the server answered 503")));
        List<Sample> tonight = forced(10, -2);
        tonight.set(
                3,
                Answers.answered(
                        FINGERPRINTS.get(3),
                        Answers.body("same", -1),
                        new ForcedExchange(answered.half(), answered.follows(), answered.request(), lost)));

        assertThat(gate().judge(prefilled(10), asked(tonight(tonight)), List.of())
                        .verdict())
                .isEqualTo(new Verdict.Invalid(
                        List.of("1 requests that score the baseline's tokens failed in the infrastructure;"
                                + " start the same command again")));
    }

    private static Baseline prefilled(int prompts) {
        return Runs.baseline(
                List.of(Runs.DETERMINISTIC, Runs.LOGPROBS, new Calibration("L2 prefill", 4, 106, 318, 0), Runs.SCORES),
                Runs.run("a", forced(prompts, -2), noScores()));
    }

    private static List<Sample> forced(int prompts, double logprob) {
        return FINGERPRINTS.stream()
                .map(key -> FINGERPRINTS.indexOf(key) < prompts
                        ? Answers.answered(key, Answers.body("same", -1), Answers.prompted("same", logprob))
                        : Answers.answered(key, "same", -1))
                .collect(Collectors.toCollection(ArrayList::new));
    }
}
