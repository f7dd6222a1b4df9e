package dev.lockstep.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.gate.GatePolicy;
import dev.lockstep.gate.PolicyInForce;
import dev.lockstep.gate.Tiers;
import dev.lockstep.run.Profile;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyLineTest {

    @Test
    void names_the_values_without_a_file() {
        assertThat(PolicyLine.of(PolicyInForce.shipped()))
                .isEqualTo("judging calibrated, screen 0.05, confirm 0.02, margin of scores 0.02, max_failed 0,"
                        + " min_compared 0.8 (no gate.yaml)");
    }

    @Test
    void names_the_file_as_the_user_named_it_and_what_a_person_excepted() {
        GatePolicy shipped = GatePolicy.defaults();
        GatePolicy values = new GatePolicy(
                Profile.NIGHTLY,
                GatePolicy.Judging.EQUALITY,
                new GatePolicy.Levels(.01, .005),
                shipped.weights(),
                new GatePolicy.Margins(.1, 0, 0),
                shipped.reach(),
                new Tiers(List.of("ocr"), List.of("tools"), List.of("chat", "jokes")),
                .02,
                1,
                List.of(new GatePolicy.Waiver("L2", "driver update", LocalDate.of(2026, 12, 31))));

        assertThat(PolicyLine.of(new PolicyInForce(values, new PolicyInForce.Source.Named(Path.of("my/strict.yaml")))))
                .isEqualTo("judging equality, screen 0.01, confirm 0.005, margin of scores 0.1, max_failed 0.02,"
                        + " min_compared 1, supporting: tools, advisory: chat and jokes, waived: L2 until 2026-12-31 (from"
                        + " my/strict.yaml)");
    }
}
