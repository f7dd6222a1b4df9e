package dev.lockstep.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.BaselineRun;
import dev.lockstep.baseline.Calibration;
import dev.lockstep.baseline.ScoreTable;
import dev.lockstep.run.SampleKey;
import dev.lockstep.stats.PairedCounts;
import dev.lockstep.stats.Permutations;
import dev.lockstep.testing.Runs;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Thirty-five cases, asked four times each: 140 samples. */
final class ScoreCasesTest {
    private static final int CASES = 35;
    private static final int TIMES = 4;
    private static final List<SampleKey> KEYS = IntStream.range(0, CASES)
            .boxed()
            .flatMap(each -> IntStream.range(0, TIMES).mapToObj(time -> new SampleKey("text", "c" + each, time)))
            .toList();
    private static final Calibration UNCALIBRATED = new Calibration("L4", 1, CASES, 0, 0);
    private static final double MARGIN = .02;

    @Test
    void never_takes_repetitions_for_cases() {
        ScoreCases cases = cases(rightFrom(0), rightFrom(0));

        assertThat(cases.size()).isEqualTo(CASES);
        assertThat(cases.counts()).contains(new PairedCounts(CASES, 0, 0, 0));
        assertThat(cases.lossAtMargin(MARGIN)).isCloseTo(.1990, within(5e-5));
    }

    @Test
    void cannot_rule_a_loss_out_by_asking_the_same_cases_again() {
        Baseline baseline = baseline(rightFrom(0));

        Verdict verdict = new Gate(GatePolicy.defaults(), Set.of())
                .judge(baseline, GateFixture.asked(tonight(rightFrom(0))), List.of())
                .verdict();

        assertThat(verdict)
                .isEqualTo(new Verdict.Inconclusive(List.of(
                        "L4: 0 of 140 samples differ; 0 of 35 cases fell, 0 rose; change +0.0 pp (95 % interval -9.9 to +9.9 pp);"
                                + " a loss of 2.0 pp is not ruled out (p 0.199); without a change, 133 cases would rule it out,"
                                + " there are 35; or prove that scores repeat: needs 300 comparisons between runs, it has 0; record"
                                + " 9 more, 10 runs in all")));
    }

    @Test
    void plans_with_cases() {
        Outlook outlook = Forecast.of(
                        baseline(rightFrom(0)).withCalibrations(List.of(new Calibration("L4", 10, CASES, 315, 0))),
                        tonight(rightFrom(0)),
                        GatePolicy.defaults(),
                        new Goal(.02, .8))
                .getFirst();

        assertThat(outlook.samples()).isEqualTo(CASES * TIMES);
        assertThat(outlook.needed().map(Outlook.Cases::there)).contains(CASES);
        assertThat(outlook.smallest().orElseThrow()).isCloseTo(1 - Math.pow(.2, 1. / CASES), within(1e-12));
    }

    /** A greedy case that is lost four times is one lost case: six of them are as likely as 2 · (½)⁶, not as 2 · (½)²⁴. */
    @Test
    void takes_copies_of_an_answer_for_one() {
        ScoreCases cases = cases(rightFrom(0), rightFrom(6 * TIMES));

        assertThat(cases.counts()).contains(new PairedCounts(CASES - 6, 0, 6, 0));
        assertThat(CaseTest.of(cases, Permutations.seeded(1)))
                .isEqualTo(new CaseTest("exact McNemar", 2 * Math.pow(.5, 6)));
    }

    @Test
    void takes_the_mean_of_sampled_repetitions() {
        ScoreCases cases = cases(rightFrom(0), rightFrom(TIMES + 1));

        assertThat(cases.fell()).isEqualTo(2);
        assertThat(cases.changes()).startsWith(-1, -.25).hasSize(CASES);
        assertThat(cases.meanChange()).isCloseTo(-1.25 / CASES, within(1e-12));
        assertThat(cases.counts()).isEmpty();
    }

    @Test
    void takes_every_approved_run() {
        ScoreCases cases = ScoreCases.of(baseline(rightFrom(0), rightFrom(2)), tonight(rightFrom(TIMES)), KEYS);

        assertThat(cases.all().getFirst()).isEqualTo(new CaseScore(List.of(1., .5), 0));
        assertThat(cases.all().getFirst().before()).isEqualTo(.75);
        assertThat(cases.arePairs()).isFalse();
    }

    @Test
    void leaves_out_what_an_approved_run_lacks() {
        Baseline baseline = Runs.baseline(
                List.of(UNCALIBRATED), run("s0", KEYS, rightFrom(0)), run("s1", KEYS.subList(0, 2), rightFrom(1)));

        ScoreCases cases = ScoreCases.of(baseline, tonight(rightFrom(0)), KEYS);

        assertThat(cases.all().getFirst().then()).containsExactly(1., .5);
        assertThat(cases.all().getLast().then()).containsExactly(1.);
        assertThat(cases.arePairs()).isFalse();
    }

    /** The mean of equal scores is that score, though a sum of tenths is not exact. */
    @Test
    void sees_no_change_in_rounding() {
        CaseScore equal = new CaseScore(List.of(.1, .1, .1), .1);

        assertThat(equal.change()).isZero();
        assertThat(equal.isInformative()).isFalse();
    }

    private static ScoreCases cases(ScoreTable then, ScoreTable now) {
        return ScoreCases.of(baseline(then), tonight(now), KEYS);
    }

    private static Baseline baseline(ScoreTable... runs) {
        return Runs.baseline(
                List.of(UNCALIBRATED),
                IntStream.range(0, runs.length)
                        .mapToObj(i -> run("s" + i, KEYS, runs[i]))
                        .toArray(BaselineRun[]::new));
    }

    private static BaselineRun run(String id, List<SampleKey> keys, ScoreTable scores) {
        return Runs.run(id, GateFixture.answered(keys, "7"), scores);
    }

    private static Tonight tonight(ScoreTable scores) {
        return new Tonight(KEYS, Set.of(), Set.of(), Runs.log("b", GateFixture.answered(KEYS, "7")), scores);
    }

    /** The samples before are wrong. */
    private static ScoreTable rightFrom(int first) {
        return Runs.scores(KEYS.subList(first, KEYS.size()), KEYS.subList(0, first));
    }
}
