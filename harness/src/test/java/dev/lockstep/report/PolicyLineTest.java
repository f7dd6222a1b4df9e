package dev.lockstep.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.gate.GatePolicy;
import dev.lockstep.gate.PolicyInForce;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PolicyLineTest {

    @Test
    void names_the_values_without_a_file() {
        assertThat(PolicyLine.of(PolicyInForce.shipped()))
                .isEqualTo("judging calibrated, alpha 0.01, score_margin 0.05, max_failed 0, min_compared 0.8"
                        + " (no gate.yaml)");
    }

    @Test
    void names_the_file_as_the_user_named_it() {
        GatePolicy values = new GatePolicy(GatePolicy.Judging.EQUALITY, 0.001, 0.1, 0.02, 1);

        assertThat(PolicyLine.of(new PolicyInForce(values, new PolicyInForce.Source.Named(Path.of("my/strict.yaml")))))
                .isEqualTo("judging equality, alpha 0.001, score_margin 0.1, max_failed 0.02, min_compared 1"
                        + " (from my/strict.yaml)");
    }
}
