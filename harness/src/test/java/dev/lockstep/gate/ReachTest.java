package dev.lockstep.gate;

import static dev.lockstep.gate.GateFixture.asked;
import static dev.lockstep.gate.GateFixture.noisy;
import static dev.lockstep.gate.GateFixture.prints;
import static dev.lockstep.gate.GateFixture.tonight;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ReachTest {

    @Test
    void a_detector_that_could_not_have_seen_what_it_is_to_see_leaves_the_verdict_open() {
        assertThat(judge(7, .006))
                .isEqualTo(
                        new Verdict.Inconclusive(
                                List.of(
                                        "L2: 10 of 10 samples differ; mean |Δlogprob| 1.71e-03, unchanged runs 2.00e-03 to 3.50e-03"
                                                + " (39 of 40 below 4.74e-03); KL 2.6e-06 nats a token (95 % interval 2.6e-06 to 2.6e-06, approved runs up to 1.0e-05),"
                                                + " the likeliest token is the same at 100.0 % of 40 places;"
                                                + " the smallest change that it would have seen is 0.0067, and 'reach' of"
                                                + " gate.yaml wants 0.006: 12 approved runs in all would do, or about 1.3 times the prompts")));
    }

    @Test
    void one_that_could_passes_as_before() {
        assertThat(judge(7, .0068).name()).isEqualTo("PASS");
        assertThat(judge(7, .2).name()).isEqualTo("PASS");
    }

    @Test
    void a_plan_of_it_is_told_as_one_that_cannot_pass() {
        GatePolicy policy = Policies.withReach("L2", .006);

        Outlook logprobs = Forecast.of(noisy(7), tonight(prints("same", -1.004)), policy, new Goal(.02, .8))
                .getLast();

        assertThat(logprobs.pass()).isZero();
        assertThat(logprobs.basis()).isEmpty();
        assertThat(logprobs.sees()).contains("'reach' of gate.yaml wants 0.006");
    }

    @Test
    void says_what_would_do() {
        assertThat(Reach.remedy(OptionalInt.of(12), 2.31))
                .isEqualTo("12 approved runs in all would do, or about 2.4 times the prompts");
        assertThat(Reach.remedy(OptionalInt.empty(), 2.31)).isEqualTo("about 2.4 times the prompts would do");
        assertThat(Reach.remedy(OptionalInt.empty(), Double.POSITIVE_INFINITY))
                .isEqualTo("unchanged runs lie as far apart as that; find what makes their noise, or want less");
    }

    private static Verdict judge(int runs, double reach) {
        return new Gate(Policies.withReach("L2", reach), Set.of())
                .judge(noisy(runs), asked(tonight(prints("same", -1.004))), List.of())
                .verdict();
    }
}
