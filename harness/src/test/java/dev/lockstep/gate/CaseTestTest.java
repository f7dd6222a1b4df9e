package dev.lockstep.gate;

import static dev.lockstep.gate.CaseScores.moved;
import static dev.lockstep.gate.CaseScores.pairs;
import static dev.lockstep.gate.CaseScores.times;
import static dev.lockstep.gate.CaseScores.unmoved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.stats.Alternative;
import dev.lockstep.stats.Permutations;
import dev.lockstep.stats.SignFlip;
import java.util.List;
import org.junit.jupiter.api.Test;

/** P-values counted by hand over all exchanges of tonight with an approved run. */
final class CaseTestTest {
    private static final Permutations PERMUTATIONS = Permutations.seeded(7);

    @Test
    void pairs_cases_with_one_approved_run() {
        assertThat(test(pairs(80, 1, 9, 10))).isEqualTo(new CaseTest("exact McNemar", .021484375));
        assertThat(test(unmoved(100, 1, 1))).isEqualTo(new CaseTest("exact McNemar", 1));
    }

    /** Each lost case was right in both runs: tonight is the wrong one of three by ⅓. */
    @Test
    void takes_the_pass_rate_over_all_approved_runs() {
        List<CaseScore> lost = times(4, new CaseScore(List.of(1., 1.), 0));
        CaseTest test = test(CaseScores.of(times(96, new CaseScore(List.of(1., 1.), 1)), lost));

        assertThat(test.basis()).isEqualTo("exact CMH");
        assertThat(test.pValue()).isCloseTo(Math.pow(3, -4), within(1e-12));
        assertThat(test(unmoved(100, 3, 0))).isEqualTo(new CaseTest("exact CMH", 1));
    }

    /** Losses pass by ⅔, the gain by ⅓: the sums 0, 1 and 6 are no likelier than the 1 that was seen. */
    @Test
    void weighs_losses_and_gains_by_the_runs() {
        CaseTest test = test(CaseScores.of(
                times(5, new CaseScore(List.of(1., 1.), 0)), times(1, new CaseScore(List.of(0., 0.), 1))));

        assertThat(test.pValue()).isCloseTo(.03155006858710564, within(1e-12));
    }

    /** Three cases are right in 2 of 4 runs and wrong tonight by ½, three in 3 of 4 by ¼. */
    @Test
    void knows_cases_that_were_right_in_some_runs() {
        CaseTest test = test(CaseScores.of(
                times(3, new CaseScore(List.of(1., 0., 1.), 0)), times(3, new CaseScore(List.of(1., 1., 1.), 0))));

        assertThat(test.pValue()).isCloseTo(Math.pow(.5, 3) * Math.pow(.25, 3), within(1e-12));
    }

    @Test
    void flips_the_signs_of_changes_beside_one_run() {
        ScoreCases cases = CaseScores.of(times(60, moved(1, 1)), times(4, moved(1, .25)), times(1, moved(.25, .75)));
        CaseTest test = test(cases);

        assertThat(test).isEqualTo(new CaseTest("permutation within cases", 4 / 32.));
        assertThat(test.pValue())
                .isEqualTo(SignFlip.test(cases.changes(), Alternative.TWO_SIDED, PERMUTATIONS)
                        .test()
                        .pValue());
    }

    /** Seven of the 81 exchanges move the mean as far. */
    @Test
    void exchanges_scores_with_those_of_each_run() {
        CaseTest test = test(CaseScores.of(
                times(20, new CaseScore(List.of(.5, .5), .5)),
                List.of(
                        new CaseScore(List.of(1., .5), .25),
                        new CaseScore(List.of(.75, 1.), .25),
                        new CaseScore(List.of(1., 1.), .5),
                        new CaseScore(List.of(.5, .5), .75))));

        assertThat(test).isEqualTo(new CaseTest("permutation within cases", 7 / 81.));
    }

    @Test
    void sees_scores_that_fall_without_a_right_answer_lost() {
        assertThat(test(CaseScores.of(times(8, moved(.95, .1)))))
                .isEqualTo(new CaseTest("permutation within cases", 2 / 256.));
        assertThat(test(unmoved(8, 2, .95))).isEqualTo(new CaseTest("permutation within cases", 1));
    }

    private static CaseTest test(ScoreCases cases) {
        return CaseTest.of(cases, PERMUTATIONS);
    }
}
