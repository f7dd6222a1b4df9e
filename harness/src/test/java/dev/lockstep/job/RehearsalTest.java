package dev.lockstep.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.gate.GatePolicy;
import dev.lockstep.gate.Outlook;
import dev.lockstep.gate.PassForecast;
import dev.lockstep.testing.Cases;
import dev.lockstep.testing.ServedStack;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RehearsalTest {

    @TempDir
    Path folder;

    @Test
    void tells_without_suites_what_the_plan_of_the_approved_runs_can_prove() {
        try (ServedStack stack = new ServedStack(folder)) {
            stack.baselined(stack.plan(Cases.prints(3), Cases.words(2)), 2);
            Baseline baseline = stack.store().approved(stack.lock().id()).orElseThrow();

            PassForecast passing = Rehearsal.passing(baseline, GatePolicy.defaults());

            assertThat(passing.outlooks()).extracting(Outlook::detector).containsExactly("L1", "L2", "L4");
            assertThat(passing.outlooks()).extracting(Outlook::samples).containsExactly(3, 3, 2);
            assertThat(passing.pass()).isZero();
            assertThat(passing.outlooks().getLast().items().suites()).containsExactly("words");
            assertThat(stack.server().prompts()).isEmpty();
        }
    }
}
