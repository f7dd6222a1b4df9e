package dev.lockstep.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.stats.PairedCounts;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ScoreModelTest {
    private static final ScoreModel MODEL = new ScoreModel(100_000, .7, .1, 1);

    @Test
    void has_its_accuracy_and_discordance() {
        SplittableRandom random = new SplittableRandom(1);
        ScoreModel.Suite suite = MODEL.suite(random);
        PairedCounts pairs = Scores.paired(suite.run(random), suite.run(random));

        // standard errors: .0014, .0009, .0010
        assertThat((pairs.both() + pairs.losses()) / (double) pairs.items()).isCloseTo(.7, within(.006));
        assertThat(pairs.discordance()).isCloseTo(.1, within(.004));
        assertThat(pairs.difference()).isCloseTo(0, within(.004));
    }

    @Test
    void falls_by_a_change_without_more_discordance() {
        SplittableRandom random = new SplittableRandom(1);
        ScoreModel.Suite suite = MODEL.suite(random);
        PairedCounts pairs = Scores.paired(suite.run(random), suite.run(1, -.05, random));

        assertThat(pairs.difference()).isCloseTo(-.05, within(.004));
        assertThat(pairs.discordance()).isCloseTo(.1, within(.004));
    }

    @Test
    void loses_passing_cases_for_good() {
        SplittableRandom random = new SplittableRandom(1);
        ScoreModel.Suite suite = MODEL.suite(random);
        ScoreModel.Suite left = suite.losing(.5, random);

        // Always passing before: .7 less half of the unstable .2.
        assertThat(Scores.mean(left.run(random), 1)).isCloseTo(.7 - .3, within(.006));
        assertThat(Scores.mean(suite.run(random), 1)).isCloseTo(.7, within(.006));
    }

    @Test
    void tries_every_case_as_often_as_asked() {
        SplittableRandom random = new SplittableRandom(1);
        int[] passes = new ScoreModel(1_000, .7, .1, 1).suite(random).run(4, 0, random);

        assertThat(passes).contains(0, 1, 2, 3, 4).hasSize(1_000);
        assertThat(Scores.mean(passes, 4)).isCloseTo(.7, within(.05));
    }

    @Test
    void pairs_before_and_after() {
        assertThat(Scores.paired(new int[] {1, 1, 0, 0, 1}, new int[] {1, 0, 1, 0, 0}))
                .isEqualTo(new PairedCounts(1, 1, 2, 1));
    }

    @Test
    void compares_pass_rates_case_by_case() {
        assertThat(Scores.changes(new int[] {10, 5}, 10, new int[] {0, 1}, 1)).containsExactly(-1, .5);
        assertThat(Scores.sum(new int[][] {{1, 0}, {1, 1}})).containsExactly(2, 1);
    }
}
