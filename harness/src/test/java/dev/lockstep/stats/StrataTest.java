package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StrataTest {

    @Test
    void counts_the_ways_to_tell_the_arms_apart() {
        assertThat(strata(new int[] {4}, new int[] {4}).arrangements(50_000)).isEqualTo(70);
        assertThat(strata(new int[] {1, 2}, new int[] {3, 2}).arrangements(50_000))
                .isEqualTo(24);
        assertThat(strata(new int[] {0, 5}, new int[] {3, 0}).arrangements(50_000))
                .isEqualTo(1);
        assertThat(strata(new int[0], new int[0]).arrangements(50_000)).isEqualTo(1);
    }

    @Test
    void stops_counting_beyond_the_limit() {
        int[] many = new int[1_000];
        Arrays.fill(many, 1_000);

        assertThat(strata(many, many).arrangements(50_000)).isEqualTo(50_001);
        assertThat(strata(new int[] {1}, new int[] {49_999}).arrangements(50_000))
                .isEqualTo(50_000);
        assertThat(strata(new int[] {1}, new int[] {50_000}).arrangements(50_000))
                .isEqualTo(50_001);
    }

    @Test
    void visits_every_arrangement_once_beginning_with_the_observed_one() {
        Strata strata = strata(new int[] {2, 0, 1}, new int[] {2, 1, 2});
        Enumeration walk = new Enumeration(strata);
        int[] order = strata.observed();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < strata.arrangements(50_000); i++) {
            assertThat(order).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7);
            seen.add(firstArm(strata, order));
            walk.advance(order);
        }

        assertThat(seen).hasSize(18).contains("[0, 1][][5]", "[2, 3][][7]");
        assertThat(order).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void draws_every_arrangement_equally_often() {
        Strata strata = strata(new int[] {2, 1}, new int[] {2, 2});
        Shuffles shuffles = new Shuffles(strata, Permutations.seeded(5).random());
        int[] order = strata.observed();
        Map<String, Integer> seen = new HashMap<>();
        for (int draw = 0; draw < 18_000; draw++) {
            shuffles.advance(order);
            seen.merge(firstArm(strata, order), 1, Integer::sum);
        }

        // expected 1,000 of each of the 18, standard deviation 31
        assertThat(seen).hasSize(18);
        assertThat(seen.values()).allSatisfy(count -> assertThat(count).isBetween(880, 1_120));
    }

    private static String firstArm(Strata strata, int[] order) {
        StringBuilder arm = new StringBuilder();
        for (int stratum = 0; stratum < strata.size(); stratum++) {
            int from = strata.offset(stratum);
            int[] members = Arrays.copyOfRange(order, from, from + strata.first(stratum));
            Arrays.sort(members);
            arm.append(Arrays.toString(members));
        }
        return arm.toString();
    }

    @Test
    void needs_both_arms_in_the_same_strata() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> strata(new int[2], new int[3]))
                .withMessage("the arms' strata must have the same length, have 2 and 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> strata(new int[] {1}, new int[] {-1}))
                .withMessage("counts must not be negative: [1], [-1]");
    }

    @Test
    void is_equal_to_strata_with_the_same_counts() {
        assertThat(strata(new int[] {1}, new int[] {2}))
                .isEqualTo(strata(new int[] {1}, new int[] {2}))
                .hasSameHashCodeAs(strata(new int[] {1}, new int[] {2}))
                .isNotEqualTo(strata(new int[] {2}, new int[] {1}));
    }

    private static Strata strata(int[] first, int[] second) {
        return Strata.of(first, second);
    }
}
