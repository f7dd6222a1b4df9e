package dev.lockstep.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.lockstep.testing.Cases;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final Plan PLAN = new Plan(
            List.of(Cases.draws(3, 4), Cases.prints(2)),
            new RequestTemplate("tiny", JsonNodeFactory.instance.objectNode(), RequestTemplate.VideoStyle.INPUT_VIDEO),
            Profile.NIGHTLY);

    @Test
    void asks_what_is_sampled_with_new_seeds_and_all_else_with_its_own() {
        List<PlannedSample> asked = PLAN.samples("run-1");

        assertThat(asked).extracting(PlannedSample::key).isEqualTo(keys());
        assertThat(seeds(asked, "prints")).containsExactly(11L, 11L);
        assertThat(seeds(asked, "draws"))
                .doesNotHaveDuplicates()
                .allSatisfy(seed -> assertThat(seed).isBetween(0L, (long) Integer.MAX_VALUE))
                .doesNotContain(11L, 12L, 13L, 14L);
    }

    @Test
    void gives_one_asking_the_same_seeds_whenever_it_is_resumed_and_each_other_asking_others() {
        assertThat(PLAN.samples("run-1")).isEqualTo(PLAN.samples("run-1"));
        Set<Long> other = new HashSet<>(seeds(PLAN.samples("run-2"), "draws"));

        assertThat(seeds(PLAN.samples("run-1"), "draws")).doesNotContainAnyElementsOf(other);
    }

    @Test
    void asks_one_at_a_time_in_the_order_of_the_plan() {
        assertThat(PLAN.order("run-1", 1)).isEqualTo(PLAN.samples("run-1"));
    }

    @Test
    void asks_several_at_once_suite_by_suite_in_an_order_that_each_asking_draws_anew() {
        List<PlannedSample> asked = PLAN.order("run-1", 4);

        assertThat(asked)
                .isEqualTo(PLAN.order("run-1", 4))
                .isNotEqualTo(PLAN.order("run-2", 4))
                .isNotEqualTo(PLAN.samples("run-1"))
                .containsExactlyInAnyOrderElementsOf(PLAN.samples("run-1"));
        assertThat(asked)
                .extracting(sample -> sample.evalCase().suite())
                .isEqualTo(PLAN.samples().stream()
                        .map(sample -> sample.evalCase().suite())
                        .toList());
    }

    @Test
    void stays_the_same_plan_under_other_seeds() {
        Plan again = new Plan(PLAN.suites(), PLAN.template(), Profile.NIGHTLY);

        assertThat(again.hash()).isEqualTo(PLAN.hash());
        assertThat(seeds(PLAN.samples(), "draws")).startsWith(11L, 12L, 13L, 14L);
    }

    private static List<SampleKey> keys() {
        return PLAN.samples().stream().map(PlannedSample::key).toList();
    }

    private static List<Long> seeds(List<PlannedSample> samples, String suite) {
        return samples.stream()
                .filter(sample -> sample.evalCase().suite().equals(suite))
                .map(PlannedSample::seed)
                .toList();
    }
}
