package dev.lockstep.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckJsonTest {
    private static final Check CHECK = new Check(
            Layer.TEMPLATE,
            Check.Step.RENDER,
            "probe.hello",
            Check.Outcome.MISMATCH,
            Check.Policy.PIN,
            "12 tokens",
            "13 tokens",
            "one newline more");

    @Test
    void gives_back_what_was_written() {
        assertThat(CheckJson.read(CheckJson.write(List.of(CHECK, CHECK)))).containsExactly(CHECK, CHECK);
    }

    @Test
    void refuses_a_layer_that_nobody_knows() {
        ArrayNode checks = CheckJson.write(List.of(CHECK));
        ((ObjectNode) checks.get(0)).put("layer", "soul");

        assertThatThrownBy(() -> CheckJson.read(checks))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no layer is called 'soul'");
    }
}
