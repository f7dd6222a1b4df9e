package dev.lockstep.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.gate.Finding.Result;
import dev.lockstep.stats.PairedCounts;
import org.junit.jupiter.api.Test;

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

    @Test
    void says_when_more_samples_would_not_decide() {
        GatePolicy never = new GatePolicy(GatePolicy.Judging.CALIBRATED, 0.0001, 0.001, 0, 0.8);

        assertThat(new ScoreChange(new PairedCounts(0, 999, 1000, 1), never).effect())
                .isEqualTo(
                        "1000 lost, 999 gained; change -0.1 pp, a loss of 0.1 pp is not ruled out (p 0.491); no number of"
                                + " samples that flip in these shares would decide within 100 times the 2000 there are; widen"
                                + " 'score_margin' in gate.yaml, or mend the suite");
    }

    private static ScoreChange change(int both, int gains, int losses, int none) {
        return new ScoreChange(new PairedCounts(both, gains, losses, none), GatePolicy.defaults());
    }
}
