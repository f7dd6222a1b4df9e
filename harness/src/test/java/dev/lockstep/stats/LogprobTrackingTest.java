package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogprobTrackingTest {
    private static final List<TopLogprobs> FIRST = List.of(
            TopLogprobs.of(new int[] {1, 2, 3}, new double[] {-.5, -1.5, -3}),
            TopLogprobs.of(new int[] {1, 2, 4}, new double[] {-.5, -1.4, -3.2}));
    private static final List<TopLogprobs> SECOND = List.of(
            TopLogprobs.of(new int[] {1, 2, 3}, new double[] {-.6, -1.5, -2.9}),
            TopLogprobs.of(new int[] {1, 2, 3}, new double[] {-.7, -1.6, -3.1}));

    @Test
    void gives_the_number_of_the_published_program() {
        assertThat(LogprobTracking.statistic(FIRST, SECOND)).isCloseTo(.1125, within(1e-12));
    }

    @Test
    void may_give_a_p_value_of_zero_as_the_program_does() {
        List<TopLogprobs> one = Collections.nCopies(30, FIRST.getFirst());
        List<TopLogprobs> other = Collections.nCopies(30, SECOND.getFirst());

        assertThat(LogprobTracking.pValue(one, other, new Permutations(3, 200))).isZero();
        assertThat(LogprobTracking.pValue(one, one, new Permutations(3, 200))).isBetween(.5, 1.0);
    }

    @Test
    void needs_a_query_on_each_side() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LogprobTracking.statistic(FIRST, List.of()))
                .withMessage("needs at least one query on each side, has 2 and 0");
    }
}
