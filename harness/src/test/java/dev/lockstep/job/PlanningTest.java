package dev.lockstep.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.gate.Goal;
import dev.lockstep.gate.Outlook;
import dev.lockstep.testing.Cases;
import dev.lockstep.testing.ServedStack;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlanningTest {
    private static final Goal GOAL = new Goal(.02, .8);

    @TempDir
    Path folder;

    @Test
    void knows_cost_and_noise_from_the_approved_runs_without_asking() {
        try (ServedStack stack = new ServedStack(folder)) {
            stack.baselined(stack.plan(Cases.prints(3), Cases.words(2)), 2);
            int asked = stack.server().prompts().size();

            Planning planning = Planning.of(
                    stack.request("later"), stack.plan(Cases.prints(3), Cases.words(2)), GOAL, stack.workplace());

            assertThat(stack.server().prompts()).hasSize(asked);
            assertThat(planning.cost().measured()).isEqualTo(5);
            assertThat(planning.cost().seconds()).isPresent();
            assertThat(planning.outlooks()).extracting(Outlook::detector).containsExactly("L1", "L2", "L4");
            assertThat(planning.outlooks()).extracting(Outlook::samples).containsExactly(3, 3, 2);
            assertThat(planning.passing().pass()).isZero();
            assertThat(planning.cost().cases()).isEqualTo(5);
        }
    }

    @Test
    void counts_cases_that_no_run_answered_with_their_token_limit() {
        try (ServedStack stack = new ServedStack(folder)) {
            stack.baselined(stack.plan(Cases.words(2)), 2);
            long before = planning(stack, 2).cost().tokens();

            Planning more = planning(stack, 4);

            assertThat(more.cost().measured()).isEqualTo(2);
            assertThat(more.cost().tokens()).isEqualTo(before + 2 * 8);
        }
    }

    @Test
    void tells_the_cost_alone_where_no_baseline_is_approved() {
        try (ServedStack stack = new ServedStack(folder)) {
            stack.lock();

            Planning planning = planning(stack, 4);

            assertThat(planning.outlooks()).isEmpty();
            assertThat(planning.cost().tokens()).isEqualTo(4 * 8);
            assertThat(planning.cost().seconds()).isEmpty();
        }
    }

    private static Planning planning(ServedStack stack, int words) {
        return Planning.of(stack.request("later"), stack.plan(Cases.words(words)), GOAL, stack.workplace());
    }
}
