package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WestfallYoungTest {

    @Test
    void agrees_with_the_steps_by_hand() {
        // Ranks from above: 1 2 3 4 and 2 1 4 3. The observed .25 is reached by the smaller rank in columns 0 and 1.
        double[][] statistics = {{9, 8, 7, 6}, {3, 4, 1, 2}};

        assertThat(WestfallYoung.adjusted(statistics)).containsExactly(.5, .5);
    }

    @Test
    void steps_down_past_what_was_rejected() {
        double[][] statistics = {{9, 1, 2, 3, 4, 5, 6, 7}, {8, 9, 1, 2, 3, 4, 5, 6}};

        // The second by itself: 2 of 8. The first needs the smaller of both ranks: 1 in columns 0 and 1.
        assertThat(WestfallYoung.adjusted(statistics)).containsExactly(.25, .25);
        // A third that never speaks costs nothing.
        assertThat(WestfallYoung.adjusted(new double[][] {statistics[0], new double[8]}))
                .containsExactly(.125, 1);
    }

    @Test
    void asks_nothing_for_a_statistic_that_is_there_twice() {
        double[] row = new Random(5).doubles(1_000).toArray();
        row[0] = .97;
        double alone = WestfallYoung.adjusted(new double[][] {row})[0];

        assertThat(WestfallYoung.adjusted(new double[][] {row, row, row})).containsExactly(alone, alone, alone);
        assertThat(alone).isEqualTo(UpperTail.pValue(row));
    }

    @Test
    void is_about_as_strict_as_sidak_for_independent_statistics() {
        Random random = new Random(6);
        double[][] statistics = new double[4][];
        Arrays.setAll(statistics, i -> random.doubles(20_000).toArray());
        statistics[0][0] = .99;
        for (int i = 1; i < 4; i++) {
            statistics[i][0] = .1;
        }

        assertThat(WestfallYoung.adjusted(statistics)[0]).isCloseTo(1 - Math.pow(.99, 4), within(.005));
    }

    @Test
    void has_nothing_to_say_of_nothing() {
        assertThat(WestfallYoung.adjusted(new double[0][])).isEmpty();
    }

    @Test
    void needs_the_same_arrangements_for_all() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WestfallYoung.adjusted(new double[][] {{1, 2}, {1}}))
                .withMessage("every hypothesis needs the same arrangements, at least one: found 1 and 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WestfallYoung.adjusted(new double[][] {{}}))
                .withMessage("every hypothesis needs the same arrangements, at least one: found 0 and 0");
    }
}
