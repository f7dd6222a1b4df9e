package dev.lockstep.gate;

import static dev.lockstep.gate.GateFixture.noScores;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.BaselineRun;
import dev.lockstep.baseline.Calibration;
import dev.lockstep.gate.Finding.Result;
import dev.lockstep.gate.Finding.Severity;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import dev.lockstep.testing.Answers;
import dev.lockstep.testing.Runs;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Ten prompts sampled ten times each; an answer is a letter of some, eight times over, each drawn anew. */
final class SampleDetectorTest {
    private static final String DRAWS = "draws";
    private static final List<SampleKey> KEYS = IntStream.range(0, 100)
            .mapToObj(i -> new SampleKey(DRAWS, "c" + i / 10, i % 10))
            .toList();
    private static final Calibration REPEATS = new Calibration("L3", 2, 320, 320, 0);
    private static final Calibration NOISE = new Calibration("L3", 7, 64, 384, 5);
    private static final int FEW = 2;
    private static final int MANY = 4;

    @Test
    void passes_samples_of_the_same_distribution_and_says_what_it_would_have_seen() {
        Gate.Judgement judgement = judge(baseline(2, REPEATS), drawn(9, FEW));

        assertThat(judgement.verdict().name()).isEqualTo("PASS");
        assertThat(judgement.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.detector()).isEqualTo("L3");
            assertThat(finding.basis()).isEqualTo(DriftRule.Basis.ANSWERS);
            assertThat(finding.severity()).isEqualTo(Severity.NONE);
        });
        assertThat(judgement.verdict().reasons().getFirst())
                .matches(
                        "L3: 100 sampled answers; .* \\(95 % interval of the change -[^)]* to \\+[^)]*, p [^)]*\\); the p-value counts that 6 statistics were looked at");
        assertThat(judgement.verdict().reasons())
                .contains(
                        "L1, L2: not judged; no token and no log-probability was compared, because no suite of this run"
                                + " has role 'fingerprint': this verdict rests on samples alone")
                .last()
                .asString()
                .matches("L3: smallest change that this run would have seen: similarity of samples by 0\\.\\d+");
    }

    @Test
    void leaves_the_verdict_open_where_it_could_not_have_seen_what_it_is_to_see() {
        Gate strict = new Gate(Policies.withReach("L3", .0001), Set.of());

        Verdict verdict = strict.judge(baseline(2, REPEATS), GateFixture.asked(tonight(drawn(9, FEW))), List.of())
                .verdict();

        assertThat(verdict).isInstanceOf(Verdict.Inconclusive.class);
        assertThat(verdict.reasons().getFirst())
                .matches(
                        "L3: 100 sampled answers; .*; the smallest change that it would have seen is 0\\.\\d+, and 'reach' of"
                                + " gate.yaml wants 0\\.0001: about \\d+\\.\\d times the samples would do");
    }

    @Test
    void asks_afresh_for_all_samples_when_their_distribution_moved() {
        ToConfirm next = gate().toConfirm(baseline(2, REPEATS), GateFixture.asked(tonight(drawn(9, MANY))));

        assertThat(next).isEqualTo(new ToConfirm(ToConfirm.Start.SAME, KEYS));
    }

    @Test
    void calls_drift_what_fresh_samples_confirm() {
        Confirmation fresh = new Confirmation("epoch-b", List.of(tonight(drawn(10, MANY)), tonight(drawn(11, MANY))));

        Verdict verdict = gate().judge(
                        baseline(2, REPEATS), GateFixture.asked(tonight(drawn(9, MANY)), fresh), List.of())
                .verdict();

        assertThat(verdict.name()).isEqualTo("DRIFT");
        assertThat(verdict.reasons().getFirst())
                .matches("L3: 100 sampled answers; .*; the screen fired \\(p [^)]*\\), and fresh answers confirm it"
                        + " \\(p [^)]*\\)");
    }

    @Test
    void passes_what_fresh_samples_do_not_confirm_and_says_so() {
        Confirmation fresh = new Confirmation("epoch-b", List.of(tonight(drawn(10, FEW)), tonight(drawn(11, FEW))));

        Verdict verdict = gate().judge(
                        baseline(2, REPEATS), GateFixture.asked(tonight(drawn(9, MANY)), fresh), List.of())
                .verdict();

        assertThat(verdict.name()).isEqualTo("PASS");
        assertThat(verdict.reasons().getFirst()).contains("but fresh answers do not confirm it");
    }

    @Test
    void holds_the_run_against_the_approved_runs_where_requests_do_not_repeat() {
        Finding same = finding(baseline(7, NOISE), drawn(9, FEW));
        Finding moved = finding(baseline(7, NOISE), drawn(9, MANY));

        assertThat(same.basis()).isEqualTo(DriftRule.Basis.RUNS);
        assertThat(same.pValue().orElseThrow()).isGreaterThan(.05);
        assertThat(moved.pValue().orElseThrow()).isLessThan(.001);
        assertThat(moved.result()).isEqualTo(Result.SAME);
    }

    @Test
    void judges_by_runs_what_no_fingerprint_proves_to_repeat() {
        assertThat(finding(baseline(7, new Calibration("L3", 7, 0, 0, 0)), drawn(9, FEW))
                        .basis())
                .isEqualTo(DriftRule.Basis.RUNS);
    }

    @Test
    void cannot_decide_by_few_runs_that_do_not_repeat() {
        assertThat(judge(baseline(3, new Calibration("L3", 3, 160, 320, 5)), drawn(9, FEW))
                        .verdict())
                .isEqualTo(
                        new Verdict.Inconclusive(
                                List.of(
                                        "L3: 100 sampled answers; a noisy layer needs 7 approved runs, it has 3; record 4 more, 7 runs in all")));
        assertThat(judge(baseline(3, new Calibration("L3", 3, 0, 0, 0)), drawn(9, FEW))
                        .verdict())
                .isEqualTo(new Verdict.Inconclusive(List.of(
                        "L3: 100 sampled answers; nothing shows that the same request gives the same answer again; add a"
                                + " suite of role 'fingerprint', and record again, or record 7 runs")));
    }

    @Test
    void says_that_the_baseline_holds_too_few_of_the_samples() {
        Baseline other = Runs.baseline(List.of(REPEATS), Runs.run("a", List.of(), noScores()));

        assertThat(judge(other, drawn(9, FEW)).findings().getFirst().effect())
                .isEqualTo("nothing of it is in the baseline");
    }

    @Test
    void takes_no_part_in_a_judgement_by_equality() {
        GatePolicy equality = GatePolicy.defaults().withJudging(GatePolicy.Judging.EQUALITY);

        assertThat(new Gate(equality, Set.of())
                        .judge(baseline(2, REPEATS), GateFixture.asked(tonight(drawn(9, FEW))), List.of())
                        .findings())
                .isEmpty();
    }

    @Test
    void counts_a_refusal_as_an_answer_without_tokens() {
        List<Sample> refused = KEYS.stream().map(Answers::refused).toList();

        Finding finding = finding(baseline(2, REPEATS), refused);

        assertThat(finding.pValue().orElseThrow()).isLessThan(.001);
        assertThat(finding.severity()).isEqualTo(Severity.BEYOND_MARGIN);
        assertThat(finding.effect())
                .contains(
                        "rate of refusals 1.000, was 0.000 (95 % interval of the change +0.89 to +1.1, p 0.00010 by itself)");
    }

    private static Gate gate() {
        return GateFixture.gate();
    }

    private static Gate.Judgement judge(Baseline baseline, List<Sample> samples) {
        return gate().judge(baseline, GateFixture.asked(tonight(samples)), List.of());
    }

    private static Finding finding(Baseline baseline, List<Sample> samples) {
        return new SampleDetector(baseline, List.of(tonight(samples)), GatePolicy.defaults()).find(Repeats.none());
    }

    private static Tonight tonight(List<Sample> samples) {
        return new Tonight(KEYS, Set.of(), Set.of(DRAWS), Runs.log("b", samples), noScores());
    }

    private static Baseline baseline(int runs, Calibration calibration) {
        BaselineRun[] all = IntStream.range(0, runs)
                .mapToObj(i -> Runs.run("s" + i, drawn(i, FEW), noScores()))
                .toArray(BaselineRun[]::new);
        return Runs.baseline(List.of(calibration), all);
    }

    private static List<Sample> drawn(long seed, int letters) {
        SplittableRandom random = new SplittableRandom(seed);
        return KEYS.stream()
                .map(key -> Answers.answered(key, text(random, letters), -1))
                .toList();
    }

    private static String text(SplittableRandom random, int letters) {
        StringBuilder text = new StringBuilder();
        for (int place = 0; place < 8; place++) {
            text.append((char) ('a' + random.nextInt(letters)));
        }
        return text.toString();
    }
}
