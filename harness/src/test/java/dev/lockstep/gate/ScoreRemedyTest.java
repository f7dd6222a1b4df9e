package dev.lockstep.gate;

import static dev.lockstep.gate.CaseScores.moved;
import static dev.lockstep.gate.CaseScores.pairs;
import static dev.lockstep.gate.CaseScores.times;
import static dev.lockstep.gate.CaseScores.unmoved;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ScoreRemedyTest {
    private static final double MARGIN = .05;
    private static final double LEVEL = .01;

    @Test
    void names_a_number_of_cases_at_which_the_tests_decide() {
        assertThat(remedy(pairs(18, 1, 1, 0)))
                .isEqualTo("if as large a share moves again, 140 cases would rule it out, there are 20");
        assertThat(pairs(18 * 6, 6, 6, 0).lossAtMargin(MARGIN, 1)).isGreaterThan(.05);
        assertThat(pairs(18 * 7, 7, 7, 0).lossAtMargin(MARGIN, 1)).isLessThan(.05);
    }

    @Test
    void never_promises_that_more_cases_of_a_loss_would_show_the_same() {
        assertThat(remedy(pairs(90, 1, 7, 2)))
                .isEqualTo("if as large a share moves again, 200 cases would call it drift, there are 100");
    }

    @Test
    void counts_whole_suites_of_cases_where_none_moved() {
        assertThat(new ScoreRemedy(unmoved(35, 3, 1), .02, LEVEL).sentence())
                .isEqualTo("without a change, 140 cases would rule it out, there are 35");
    }

    /** Two runs, 2 of 50 lost: χ² of Mantel and Haenszel (2·⅔)² / (2·2/9) = 4, of twice as many 8; that of .01 is 6.63. */
    @Test
    void reckons_with_all_approved_runs() {
        List<CaseScore> lost = times(2, new CaseScore(List.of(1., 1.), 0));

        assertThat(remedy(CaseScores.with(48, lost)))
                .isEqualTo("if as large a share moves again, about 100 cases would call it drift, there are 50");
    }

    /** Sign flips of two changes of −½ among ten: z² = 2 · times, and the t of 10 · times beyond 2.7 at four times. */
    @Test
    void reckons_with_the_size_of_changes() {
        assertThat(remedy(CaseScores.with(8, times(2, moved(1, .5)))))
                .isEqualTo("if as large a share moves again, about 40 cases would call it drift, there are 10");
    }

    @Test
    void says_when_more_cases_would_not_decide() {
        assertThat(new ScoreRemedy(pairs(0, 999, 1000, 1), .001, .0001).sentence())
                .isEqualTo(
                        "no number of cases that move in these shares would decide within 100 times the 2000 there are;"
                                + " widen 'scores' of margins in gate.yaml, or mend the suite");
    }

    private static String remedy(ScoreCases cases) {
        return new ScoreRemedy(cases, MARGIN, LEVEL).sentence();
    }
}
