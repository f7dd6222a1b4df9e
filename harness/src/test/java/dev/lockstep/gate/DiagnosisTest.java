package dev.lockstep.gate;

import static dev.lockstep.gate.GateFixture.SCORED;
import static dev.lockstep.gate.GateFixture.answered;
import static dev.lockstep.gate.GateFixture.asked;
import static dev.lockstep.gate.GateFixture.confirmation;
import static dev.lockstep.gate.GateFixture.firstRight;
import static dev.lockstep.gate.GateFixture.gate;
import static dev.lockstep.gate.GateFixture.scored;
import static dev.lockstep.gate.GateFixture.tonight;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.BaselineRun;
import dev.lockstep.baseline.Calibration;
import dev.lockstep.client.Exchange;
import dev.lockstep.client.Timing;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import dev.lockstep.testing.Answers;
import dev.lockstep.testing.Runs;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DiagnosisTest {
    private static final Calibration NOISY = new Calibration("L4", 10, 100, 900, 40);
    private static final Baseline NOISY_RUNS = scored(NOISY, 90, 91, 89, 90, 92, 88, 90, 91, 89, 90);

    @Test
    void gathers_evidence_over_nights_that_prove_nothing_alone() {
        Diagnosis first = diagnose(88, List.of());
        Diagnosis second = diagnose(88, first.trends());

        assertThat(first.trends()).hasSize(1);
        assertThat(first.notes()).noneMatch(note -> note.contains("slow change"));
        assertThat(second.trends().getFirst().evidence())
                .isGreaterThan(first.trends().getFirst().evidence());
        assertThat(second.trends().getFirst().nights()).isEqualTo(2);
    }

    @Test
    void warns_when_the_nights_together_point_to_a_slow_change() {
        Diagnosis diagnosis = diagnose(88, List.of(new Trend("L4", 399, 7)));

        assertThat(diagnosis.notes())
                .startsWith("L4: the last 8 runs together point to a slow change (e-CUSUM 441, alarm at 400), though"
                        + " this run alone proves none; ask a deeper run: more cases, or another start");
    }

    @Test
    void tells_which_detectors_had_nothing_to_look_at() {
        assertThat(diagnose(88, List.of()).notes())
                .containsExactly(
                        "L1, L2: not judged; no token and no log-probability was compared, because no suite of this run has role"
                                + " 'fingerprint': this verdict rests on scores alone",
                        "L3: not judged; no suite of this run has role 'samples'. In its place L4 looks at the scores of sampled answers:"
                                + " a server that samples in another way goes unseen where these do not move");
    }

    @Test
    void forgets_what_unchanged_nights_contradict() {
        Trend after = diagnose(90, List.of(new Trend("L4", 1.2, 7))).trends().getFirst();

        assertThat(after.evidence()).isEqualTo(.6);
        assertThat(diagnose(88, List.of(after)).trends().getFirst().nights()).isEqualTo(1);
    }

    @Test
    void keeps_the_evidence_of_detectors_that_this_run_does_not_test() {
        List<Trend> before = List.of(new Trend("L2", 3.5, 2), new Trend("L3", 900, 7), new Trend("L4", 1.5, 3));

        Diagnosis diagnosis = diagnose(88, before);

        assertThat(diagnosis.trends()).hasSize(3).startsWith(before.get(0), before.get(1));
        assertThat(diagnosis.trends().getLast().nights()).isEqualTo(4);
        assertThat(diagnosis.notes())
                .as("L3 warned when it was tested")
                .noneMatch(note -> note.contains("slow change"));
    }

    @Test
    void keeps_what_equality_adds_nothing_to() {
        Baseline exact = scored(Runs.SCORES, 90, 90);
        List<Trend> before = List.of(new Trend("L4", 399, 7));

        assertThat(diagnose(exact, tonight(firstRight(90)), before)).isEqualTo(new Diagnosis(before, List.of()));
    }

    @Test
    void starts_anew_after_a_drift_that_the_detector_found_by_itself() {
        Tonight odd = tonight(firstRight(70));
        Gate.Judgement drift = gate().judge(
                        NOISY_RUNS, asked(odd, confirmation("epoch-b", odd), confirmation("epoch-c", odd)), List.of());
        List<Trend> before = List.of(new Trend("L2", 3.5, 2), new Trend("L4", 300, 7));

        Diagnosis diagnosis = Diagnosis.of(NOISY_RUNS, odd, drift, before, GatePolicy.defaults());
        Diagnosis after = diagnose(90, diagnosis.trends());

        assertThat(drift.verdict()).isInstanceOf(Verdict.Drift.class);
        assertThat(diagnosis.trends()).containsExactly(new Trend("L2", 3.5, 2), Trend.none("L4"));
        assertThat(after.trends().getLast()).isEqualTo(new Trend("L4", .5, 1));
        assertThat(after.notes()).noneMatch(note -> note.contains("slow change"));
    }

    @Test
    void takes_nothing_from_a_run_that_failed() {
        Tonight tonight = tonight(firstRight(88));
        Gate.Judgement failed = gate().judge(NOISY_RUNS, asked(tonight), List.of("the server is gone"));
        List<Trend> before = List.of(new Trend("L4", 399, 7));

        assertThat(Diagnosis.of(NOISY_RUNS, tonight, failed, before, GatePolicy.defaults()))
                .isEqualTo(new Diagnosis(before, List.of()));
    }

    @Test
    void names_cases_that_moved_by_themselves() {
        assertThat(flips(key -> "answer " + key.repetition()))
                .contains("L4: 1 of 3 cases moved by themselves (Fisher's exact test over all approved runs,"
                        + " Benjamini-Hochberg at 5 %): text/c0");
    }

    @Test
    void takes_repetitions_that_gave_the_same_answer_for_one() {
        assertThat(flips(key -> "7")).isEmpty();
    }

    /** Three cases, ten times each; all of the first but one are wrong tonight. */
    private static Optional<String> flips(Function<SampleKey, String> answer) {
        List<SampleKey> keys = IntStream.range(0, 30)
                .mapToObj(i -> new SampleKey("text", "c" + i / 10, i % 10))
                .toList();
        List<Sample> samples = keys.stream()
                .map(key -> Answers.answered(key, answer.apply(key), -1))
                .toList();
        BaselineRun[] runs = IntStream.range(0, 5)
                .mapToObj(i -> Runs.run("a" + i, samples, Runs.scores(keys, List.of())))
                .toArray(BaselineRun[]::new);
        Tonight tonight = new Tonight(
                keys, Set.of(), Set.of(), Runs.log("b", samples), Runs.scores(keys.subList(9, 30), keys.subList(0, 9)));
        return CaseFlips.of(Runs.baseline(runs), tonight).sentence();
    }

    @Test
    void one_flip_among_single_samples_names_no_case() {
        assertThat(CaseFlips.of(NOISY_RUNS, tonight(firstRight(89))).sentence()).isEmpty();
    }

    @Test
    void warns_of_a_stack_that_became_slow() {
        Baseline baseline = Runs.baseline(Runs.run("a", taking(200_000), firstRight(90)));
        Tonight slow = new Tonight(SCORED, Set.of(), Set.of(), Runs.log("b", taking(400_000)), firstRight(90));

        assertThat(Slowness.warnings(baseline, slow))
                .containsExactly(
                        "L5: the median answer took 0.400 s, 2.0 times the slowest approved run (0.200 s), at 2.50 tokens a"
                                + " second (approved runs: at least 5.00); a warning only");
    }

    @Test
    void warns_of_first_tokens_that_became_slow_where_the_server_tells_of_them() {
        Baseline baseline = Runs.baseline(
                Runs.run("a", startingAfter(200), firstRight(90)), Runs.run("b", startingAfter(100), firstRight(90)));
        Tonight slow = new Tonight(SCORED, Set.of(), Set.of(), Runs.log("c", startingAfter(500)), firstRight(90));
        Tonight untold = new Tonight(SCORED, Set.of(), Set.of(), Runs.log("c", taking(1_000)), firstRight(90));

        assertThat(Slowness.warnings(baseline, slow))
                .containsExactly(
                        "L5: the median first token came after 0.500 s, 2.5 times the slowest approved run (0.200 s);"
                                + " a warning only");
        assertThat(Slowness.warnings(baseline, untold)).isEmpty();
    }

    @Test
    void takes_jitter_for_no_slowness() {
        Baseline baseline = Runs.baseline(Runs.run("a", taking(1_000), firstRight(90)));

        assertThat(Slowness.warnings(
                        baseline,
                        new Tonight(SCORED, Set.of(), Set.of(), Runs.log("b", taking(9_000)), firstRight(90))))
                .isEmpty();
    }

    @Test
    void says_nothing_of_a_stack_that_is_a_little_slower() {
        Baseline baseline = Runs.baseline(Runs.run("a", taking(200_000), firstRight(90)));
        Tonight little = new Tonight(SCORED, Set.of(), Set.of(), Runs.log("b", taking(290_000)), firstRight(90));

        assertThat(Slowness.warnings(baseline, little)).isEmpty();
    }

    private static Diagnosis diagnose(int right, List<Trend> before) {
        return diagnose(NOISY_RUNS, tonight(firstRight(right)), before);
    }

    private static Diagnosis diagnose(Baseline baseline, Tonight tonight, List<Trend> before) {
        return Diagnosis.of(
                baseline, tonight, gate().judge(baseline, asked(tonight), List.of()), before, GatePolicy.defaults());
    }

    private static List<Sample> taking(long micros) {
        return answered(SCORED, "7").stream()
                .map(sample -> {
                    Exchange exchange = sample.exchange();
                    Timing timing = new Timing(exchange.timing().queued(), 0, micros, micros);
                    return new Sample(
                            sample.key(),
                            sample.seed(),
                            sample.replica(),
                            sample.epoch(),
                            sample.request(),
                            new Exchange(
                                    exchange.status(),
                                    exchange.body(),
                                    exchange.headers(),
                                    timing,
                                    exchange.attempts()),
                            sample.outcome());
                })
                .toList();
    }

    private static List<Sample> startingAfter(int millis) {
        String body = Answers.bare("7").replaceFirst("\\{", "{\"timings\":{\"prompt_ms\":" + millis + "},");
        return SCORED.stream().map(key -> Answers.answered(key, body)).toList();
    }
}
