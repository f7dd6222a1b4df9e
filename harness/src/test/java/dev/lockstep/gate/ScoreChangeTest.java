package dev.lockstep.gate;

import static dev.lockstep.gate.CaseScores.moved;
import static dev.lockstep.gate.CaseScores.unmoved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.gate.Finding.Result;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScoreChangeTest {
    private static final double MARGIN = .05;

    @Test
    void tells_size_and_margin_whatever_a_level_says_of_the_change() {
        ScoreChange gained = change(CaseScores.pairs(80, 12, 0, 8));
        ScoreChange lost = change(CaseScores.pairs(80, 0, 12, 8));

        assertThat(gained.result()).isEqualTo(Result.SAME);
        assertThat(gained.effect())
                .isEqualTo(
                        "0 of 100 cases fell, 12 rose; change +12.0 pp (95 % interval +5.5 to +19.5 pp); a loss of 5.0 pp is ruled out (p 0.000)");
        assertThat(lost.result()).isEqualTo(Result.UNDECIDED);
        assertThat(lost.effect())
                .isEqualTo(
                        "12 of 100 cases fell, 0 rose; change -12.0 pp (95 % interval -19.5 to -5.5 pp); a loss of 5.0 pp is not ruled out (p 0.995)");
    }

    @ParameterizedTest
    @CsvSource({".02, 133", ".05, 52"})
    void rules_a_loss_of_the_margin_out_by_so_many_cases_without_a_change(double margin, int cases) {
        for (double score : new double[] {1, .25}) {
            assertThat(new ScoreChange(unmoved(cases, 1, score), margin).result())
                    .isEqualTo(Result.SAME);
            assertThat(new ScoreChange(unmoved(cases - 1, 1, score), margin).result())
                    .isEqualTo(Result.UNDECIDED);
        }
    }

    /** One lost case and 97 without a change beside −¼, −½ and +¼: mean −.0149, s .1214, t(100) of .0351 is 3.037. */
    @Test
    void judges_scores_between_right_and_wrong_by_their_size() {
        List<CaseScore> some = List.of(moved(.5, .25), moved(1, .5), moved(.25, .5));
        ScoreChange small = change(CaseScores.with(97, some));

        assertThat(small.result()).isEqualTo(Result.SAME);
        assertThat(small.effect())
                .isEqualTo(
                        "2 of 100 cases fell, 1 rose; change -0.5 pp (95 % interval -1.7 to +0.7 pp); a loss of 5.0 pp is ruled out (p 0.002)");
    }

    /** The same fall of .85 is no loss of right answers, and far beyond the margin. */
    @Test
    void never_cuts_a_fall_between_two_wrong_scores_off() {
        ScoreChange fallen = change(CaseScores.with(0, CaseScores.times(200, moved(.95, .1))));

        assertThat(fallen.result()).isEqualTo(Result.UNDECIDED);
        assertThat(fallen.effect())
                .isEqualTo(
                        "200 of 200 cases fell, 0 rose; change -85.0 pp (95 % interval -85.0 to -85.0 pp); a loss of 5.0 pp is not ruled out (p 1.000)");
    }

    @Test
    void tells_no_interval_of_one_case_that_half_fell() {
        ScoreChange one = change(CaseScores.with(0, List.of(moved(1, .5))));

        assertThat(one.effect())
                .isEqualTo(
                        "1 of 1 cases fell, 0 rose; change -50.0 pp (95 % interval -100.0 to +100.0 pp); a loss of 5.0 pp is not ruled out (p 0.891)");
    }

    @Test
    void tells_how_many_cases_without_a_change_rule_the_loss_out() {
        assertThat(change(unmoved(35, 3, 1)).remedy())
                .isEqualTo("without a change, 52 cases would rule it out, there are 35");
        assertThat(new ScoreChange(unmoved(35, 3, 1), 1e-6).remedy())
                .isEqualTo("without a change, more than 100000 cases would rule it out, there are 35");
    }

    private static ScoreChange change(ScoreCases cases) {
        return new ScoreChange(cases, MARGIN);
    }
}
