package dev.lockstep.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.gate.Finding.Result;
import dev.lockstep.gate.Finding.Severity;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Level .05; weights L1 .25, L2 .25, L4 .3 of .8 when these three run. */
final class ScreenTest {

    @Test
    void lets_each_detector_have_its_share_of_the_level() {
        // .05 · .25 / .8 = .015625 and .05 · .3 / .8 = .01875
        assertThat(fired(finding("L1", 1), finding("L2", .0157), finding("L4", .0188)))
                .isEmpty();
        assertThat(fired(finding("L1", 1), finding("L2", .0156), finding("L4", .9)))
                .containsExactly("L2");
        assertThat(fired(finding("L1", 1), finding("L2", .9), finding("L4", .0187)))
                .containsExactly("L4");
    }

    @Test
    void gives_the_share_of_what_fired_to_the_others() {
        // after L1: .05 · .25 / .55 = .0227
        assertThat(fired(finding("L1", 1e-9), finding("L2", .0227), finding("L4", .9)))
                .containsExactlyInAnyOrder("L1", "L2");
        assertThat(fired(finding("L1", 1e-9), finding("L2", .0228), finding("L4", .9)))
                .containsExactly("L1");
    }

    @Test
    void lets_the_tiers_share_the_weight_of_their_detector() {
        // L4 alone: .05 / 2 for each tier
        assertThat(fired(finding("L4", .026), finding("L4 supporting", .9))).isEmpty();
        assertThat(fired(finding("L4", .9), finding("L4 supporting", .025))).containsExactly("L4 supporting");
    }

    @Test
    void takes_equality_for_a_test_without_chance() {
        assertThat(fired(finding("L1", 0), finding("L2", 1))).containsExactly("L1");
    }

    @Test
    void leaves_out_what_has_no_test() {
        Finding untested = new Finding(
                "L1",
                Result.UNDECIDED,
                DriftRule.Basis.EQUALITY,
                OptionalDouble.empty(),
                10,
                1,
                Severity.NONE,
                "",
                "",
                List.of());

        assertThat(fired(untested, finding("L4", .05))).containsExactly("L4");
    }

    /** The least effect that a half names is told at its half of the level, whatever the other half can say tonight. */
    @Test
    void lets_a_half_without_a_test_keep_its_share() {
        Finding untested = new Finding(
                "L2 prefill",
                Result.UNDECIDED,
                DriftRule.Basis.EQUALITY,
                OptionalDouble.empty(),
                10,
                1,
                Severity.NONE,
                "",
                "",
                List.of());

        assertThat(Screen.tests(List.of(untested, finding("L2", .5)), GatePolicy.defaults()))
                .containsExactly(new DriftRule.Test(
                        "L2",
                        DriftRule.Basis.RUNS,
                        .5,
                        .125,
                        GatePolicy.defaults().level("L2", 2)));
    }

    private static Set<String> fired(Finding... findings) {
        return Screen.fired(List.of(findings), GatePolicy.defaults(), .05);
    }

    private static Finding finding(String detector, double p) {
        return new Finding(
                detector,
                Result.SAME,
                DriftRule.Basis.RUNS,
                OptionalDouble.of(p),
                10,
                1,
                Severity.NONE,
                "",
                "",
                List.of());
    }
}
