package dev.lockstep.gate;

import static dev.lockstep.gate.GateFixture.asked;
import static dev.lockstep.gate.GateFixture.deterministic;
import static dev.lockstep.gate.GateFixture.noisy;
import static dev.lockstep.gate.GateFixture.prints;
import static dev.lockstep.gate.GateFixture.thrice;
import static dev.lockstep.gate.GateFixture.tonight;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.gate.GatePolicy.Waiver;
import dev.lockstep.run.RunHeader;
import dev.lockstep.run.RunLog;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Three noisy runs leave L2 undecided, unless a waiver is in force on the day of the run: 2026-11-22. */
final class WaiversTest {
    private static final String UNDECIDED =
            "L2: 10 of 10 samples differ; a noisy layer needs 7 approved runs, it has 3; record 4 more, 7 runs in all";
    private static final Waiver LAST_DAY = waiver("L2", "2026-11-22");
    private static final Waiver EXPIRED = waiver("L2", "2026-11-21");

    @Test
    void lets_an_undecided_detector_pass_until_its_last_day_and_says_so() {
        Verdict verdict = judge(LAST_DAY);

        assertThat(verdict.name()).isEqualTo("PASS");
        assertThat(verdict.reasons()).contains(UNDECIDED + "; WAIVED until 2026-11-22: new driver");
    }

    @Test
    void says_that_a_waiver_has_expired() {
        assertThat(judge(EXPIRED))
                .isEqualTo(new Verdict.Inconclusive(List.of(UNDECIDED + "; its waiver expired on 2026-11-21")));
    }

    @Test
    void takes_the_latest_of_several() {
        assertThat(judge(EXPIRED, LAST_DAY).name()).isEqualTo("PASS");
    }

    @Test
    void holds_for_the_detector_that_it_names_alone() {
        assertThat(judge(waiver("L1", "2026-11-22"))).isEqualTo(new Verdict.Inconclusive(List.of(UNDECIDED)));
    }

    @Test
    void never_holds_on_a_day_that_nobody_knows() {
        assertThat(new Waivers(
                                List.of(waiver("L2", "9999-12-31")),
                                tonight(prints("same", -1)).day())
                        .used(List.of()))
                .isEmpty();
        assertThat(tonight(prints("same", -1)).day()).isEqualTo(LocalDate.MAX);
    }

    @Test
    void never_lets_a_drift_pass() {
        Gate gate = new Gate(Policies.withWaivers(LAST_DAY, waiver("L1", "2026-11-22")), Set.of());
        Asked moved = asked(prints("other", -1), thrice(prints("other", -1)));

        assertThat(gate.judge(deterministic(prints("same", -1)), moved, List.of())
                        .verdict()
                        .name())
                .isEqualTo("DRIFT");
    }

    private static Verdict judge(Waiver... waivers) {
        return new Gate(Policies.withWaivers(waivers), Set.of())
                .judge(noisy(3), asked(dated(tonight(prints("same", -1.0001)))), List.of())
                .verdict();
    }

    private static Tonight dated(Tonight run) {
        RunLog log = run.log();
        RunHeader header = log.header();
        RunHeader dated = new RunHeader(
                "run-20261122T030000.000Z",
                header.planHash(),
                header.caseHashes(),
                header.scorerVersions(),
                header.lockId(),
                header.epoch(),
                header.requestHash());
        RunLog moved = new RunLog(
                dated, log.samples(), log.repeats(), log.confirms(), log.controls(), log.end(), log.completeBytes());
        return new Tonight(run.planned(), run.fingerprintSuites(), Set.of(), moved, run.scores());
    }

    private static Waiver waiver(String detector, String expires) {
        return new Waiver(detector, "new driver", LocalDate.parse(expires));
    }
}
