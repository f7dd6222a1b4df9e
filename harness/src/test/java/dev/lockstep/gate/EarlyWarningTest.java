package dev.lockstep.gate;

import static dev.lockstep.gate.GateFixture.asked;
import static dev.lockstep.gate.GateFixture.firstRight;
import static dev.lockstep.gate.GateFixture.gate;
import static dev.lockstep.gate.GateFixture.noisy;
import static dev.lockstep.gate.GateFixture.prints;
import static dev.lockstep.gate.GateFixture.scored;
import static dev.lockstep.gate.GateFixture.tonight;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.Calibration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EarlyWarningTest {

    @Test
    void five_noisy_runs_warn_beside_the_verdict_and_do_not_decide_it() {
        Tonight changed = tonight(prints("same", -2));
        Baseline five = noisy(5);

        Gate.Judgement judged = gate().judge(five, asked(changed), List.of());
        Diagnosis diagnosis = Diagnosis.of(five, changed, judged, List.of(), GatePolicy.defaults());

        assertThat(judged.verdict())
                .isEqualTo(new Verdict.Inconclusive(
                        List.of("L2: 10 of 10 samples differ; a noisy layer needs 7 approved runs to decide; with 5 it"
                                + " only warns; record 2 more, 7 runs in all")));
        assertThat(diagnosis.notes())
                .startsWith("L2 only warns with 5 approved runs, and decides from 7 on; it sees a change (p < 0.0001):"
                        + " mean |Δlogprob| 9.97e-01, unchanged runs 1.50e-03 to 2.50e-03 (39 of 40 below 3.97e-03);"
                        + " KL 0.17 nats a token (95 % interval 0.17 to 0.17, approved runs up to 4.6e-06), the likeliest token is the same at 100.0 % of"
                        + " 40 places");
        assertThat(diagnosis.trends()).as("what does not decide is no evidence").isEmpty();
    }

    @Test
    void says_when_nothing_is_unusual() {
        Baseline six = scored(new Calibration("L4", 6, 100, 500, 20), 90, 91, 89, 90, 92, 88);

        assertThat(EarlyWarning.of(six, tonight(firstRight(90)), GatePolicy.defaults()))
                .singleElement()
                .asString()
                .startsWith(
                        "L4 only warns with 6 approved runs, and decides from 7 on; it sees nothing unusual (p 1.0): mean"
                                + " change +0.0 pp against the approved runs");
    }

    @Test
    void fewer_runs_say_nothing_and_more_decide() {
        Tonight changed = tonight(prints("same", -2));

        assertThat(EarlyWarning.of(noisy(4), changed, GatePolicy.defaults())).isEmpty();
        assertThat(EarlyWarning.of(noisy(7), changed, GatePolicy.defaults())).isEmpty();
    }
}
