package dev.lockstep.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class InvocationTest {

    @Test
    void joins_plain_words() {
        assertThat(Invocation.standard().of("verify", "--stack", "baselines/tiny-qwen3-vl"))
                .isEqualTo("lockstep verify --stack baselines/tiny-qwen3-vl");
    }

    @Test
    void quotes_for_a_shell_what_is_not_plain() {
        assertThat(new Invocation("/my checkout/scripts/lockstep")
                        .line(List.of("baseline", "approve", "--by", "", "--why", "it's $ new", "--stack", "~/größe")))
                .isEqualTo("'/my checkout/scripts/lockstep' baseline approve --by '' --why 'it'\\''s $ new' --stack"
                        + " '~/größe'");
    }
}
