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
                .isEqualTo("0 of 100 cases fell, 12 rose; change +12.0 pp; a loss of 5.0 pp is ruled out (p 0.000)");
        assertThat(gained.interval()).isEqualTo("90 % interval of the change +6.6 to +18.2 pp");
        assertThat(lost.result()).isEqualTo(Result.UNDECIDED);
        assertThat(lost.effect())
                .isEqualTo(
                        "12 of 100 cases fell, 0 rose; change -12.0 pp; a loss of 5.0 pp is not ruled out (p 0.995)");
        assertThat(lost.interval()).isEqualTo("90 % interval of the change -18.2 to -6.6 pp");
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
                .isEqualTo("2 of 100 cases fell, 1 rose; change -0.5 pp; a loss of 5.0 pp is ruled out (p 0.002)");
        assertThat(small.interval()).isEqualTo("90 % interval of the change -1.5 to +0.5 pp");
    }

    /** The same fall of .85 is no loss of right answers, and far beyond the margin. */
    @Test
    void never_cuts_a_fall_between_two_wrong_scores_off() {
        ScoreChange fallen = change(CaseScores.with(0, CaseScores.times(200, moved(.95, .1))));

        assertThat(fallen.result()).isEqualTo(Result.UNDECIDED);
        assertThat(fallen.effect())
                .isEqualTo(
                        "200 of 200 cases fell, 0 rose; change -85.0 pp; a loss of 5.0 pp is not ruled out (p 1.000)");
    }

    @Test
    void tells_no_interval_of_one_case_that_half_fell() {
        ScoreChange one = change(CaseScores.with(0, List.of(moved(1, .5))));

        assertThat(one.effect())
                .isEqualTo("1 of 1 cases fell, 0 rose; change -50.0 pp; a loss of 5.0 pp is not ruled out (p 0.891)");
        assertThat(one.interval()).isEqualTo("90 % interval of the change -100.0 to +100.0 pp");
    }

    /** Of one run: 2 · (½)⁸ = .0078; of two (⅓)⁵ = .0041; of nine (1/10)² = .01. */
    @Test
    void tells_the_fewest_flips_that_a_level_sees() {
        assertThat(change(unmoved(100, 1, 1)).reach(.01))
                .isEqualTo("8 cases of 100 flipping one way (8.0 pp of score)");
        assertThat(change(unmoved(100, 2, 1)).reach(.01))
                .isEqualTo("5 cases of 100 flipping one way (5.0 pp of score)");
        assertThat(change(unmoved(100, 9, 1)).reach(.0101))
                .isEqualTo("2 cases of 100 flipping one way (2.0 pp of score)");
        assertThat(change(unmoved(7, 1, 1)).reach(.01)).isEmpty();
    }

    private static ScoreChange change(ScoreCases cases) {
        return new ScoreChange(cases, MARGIN);
    }
}
