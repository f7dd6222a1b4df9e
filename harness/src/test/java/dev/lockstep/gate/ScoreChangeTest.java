package dev.lockstep.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.gate.Finding.Result;
import dev.lockstep.stats.PairedCounts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScoreChangeTest {

    @Test
    void names_a_number_of_samples_at_which_its_own_tests_decide() {
        ScoreChange few = change(18, 1, 1, 0);

        assertThat(few.result()).isEqualTo(Result.UNDECIDED);
        assertThat(few.effect())
                .isEqualTo("1 lost, 1 gained; change +0.0 pp, a loss of 5.0 pp is not ruled out (p 0.256);"
                        + " if as large a share flips again, 140 samples would rule it out, there are 20");
        assertThat(change(18 * 6, 6, 6, 0).result()).isEqualTo(Result.UNDECIDED);
        assertThat(change(18 * 7, 7, 7, 0).result()).isEqualTo(Result.SAME);
    }

    @Test
    void never_promises_that_more_samples_of_a_loss_would_show_the_same() {
        assertThat(change(90, 1, 7, 2).effect())
                .isEqualTo(
                        "7 lost, 1 gained; change -6.0 pp, a loss of 5.0 pp is not ruled out (p 0.646); if as large a"
                                + " share flips again, 200 samples would call it drift, there are 100");
    }

    @ParameterizedTest
    @CsvSource({".02, 133", ".05, 52"})
    void rules_a_loss_of_the_margin_out_by_so_many_samples_without_a_flip(double margin, int samples) {
        GatePolicy policy = Policies.withMargin(margin);

        assertThat(new ScoreChange(new PairedCounts(samples, 0, 0, 0), policy).result())
                .isEqualTo(Result.SAME);
        assertThat(new ScoreChange(new PairedCounts(samples - 1, 0, 0, 0), policy).result())
                .isEqualTo(Result.UNDECIDED);
    }

    @Test
    void counts_whole_repetitions_of_the_suites_that_are_there() {
        assertThat(new ScoreChange(new PairedCounts(35, 0, 0, 0), GatePolicy.defaults()).effect())
                .isEqualTo(
                        "0 lost, 0 gained; change +0.0 pp, a loss of 2.0 pp is not ruled out (p 0.199); without a flip,"
                                + " 140 samples would rule it out, there are 35");
    }

    @Test
    void says_when_more_samples_would_not_decide() {
        GatePolicy never = Policies.withScreen(.0004, .001);

        assertThat(new ScoreChange(new PairedCounts(0, 999, 1000, 1), never).effect())
                .isEqualTo(
                        "1000 lost, 999 gained; change -0.1 pp, a loss of 0.1 pp is not ruled out (p 0.491); no number of"
                                + " samples that flip in these shares would decide within 100 times the 2000 there are; widen"
                                + " 'scores' of margins in gate.yaml, or mend the suite");
    }

    @Test
    void tells_whether_a_loss_is_ruled_out_apart_from_whether_there_is_a_change() {
        ScoreChange gained = change(80, 12, 0, 8);
        ScoreChange lost = change(80, 0, 12, 8);

        assertThat(gained.result()).isEqualTo(Result.SAME);
        assertThat(gained.effect()).isEqualTo("0 lost, 12 gained; change +12.0 pp, 90 % interval +6.6 to +18.2 pp");
        assertThat(lost.result()).isEqualTo(Result.UNDECIDED);
        assertThat(lost.pValue()).isEqualTo(2 * Math.pow(.5, 12));
        assertThat(lost.saysNothing()).isFalse();
        assertThat(change(90, 0, 4, 6).saysNothing()).isTrue();
    }

    @Test
    void tells_the_fewest_flips_that_a_level_sees() {
        assertThat(change(90, 0, 0, 10).reach(.01)).isEqualTo("8 samples of 100 flipping one way (8.0 pp of score)");
        assertThat(change(7, 0, 0, 0).reach(.01)).isEmpty();
    }

    private static ScoreChange change(int both, int gains, int losses, int none) {
        return new ScoreChange(new PairedCounts(both, gains, losses, none), Policies.withScreen(.04, .05));
    }
}
