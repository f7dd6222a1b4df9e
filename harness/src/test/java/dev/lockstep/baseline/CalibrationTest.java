package dev.lockstep.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalibrationTest {

    @Test
    void proves_determinism_by_three_hundred_equal_comparisons() {
        Calibration proven = new Calibration("L1", 4, 100, 300, 0);
        Calibration tooFew = new Calibration("L1", 4, 100, 299, 0);

        assertThat(proven.noise()).isEqualTo(Calibration.Noise.DETERMINISTIC);
        assertThat(proven.gates()).isTrue();
        assertThat(proven.missing()).isEmpty();
        assertThat(tooFew.noise()).isEqualTo(Calibration.Noise.UNCALIBRATED);
        assertThat(tooFew.gates()).isFalse();
        assertThat(tooFew.missing())
                .isEqualTo("needs 300 comparisons between runs, it has 299; record 1 more, 5 runs in all");
    }

    @Test
    void says_how_many_runs_are_missing() {
        assertThat(new Calibration("L1", 2, 106, 106, 0).missing())
                .isEqualTo("needs 300 comparisons between runs, it has 106; record 2 more, 4 runs in all");
        assertThat(new Calibration("L1", 1, 106, 0, 0).missing())
                .isEqualTo("needs 300 comparisons between runs, it has 0; record 3 more, 4 runs in all");
        assertThat(new Calibration("L1", 1, 0, 0, 0).missing())
                .isEqualTo(
                        "no prompt of these suites could be compared; add a suite of role 'fingerprint', and record again");
        assertThat(new Calibration("L2", 2, 0, 0, 0).missing())
                .isEqualTo(
                        "no log-probability could be compared; add a suite of role 'fingerprint', or ask an endpoint that"
                                + " sends them, and record again");
        assertThat(new Calibration("L3", 2, 0, 0, 0).missing())
                .isEqualTo(
                        "nothing shows that the same request gives the same answer again; add a suite of role 'fingerprint',"
                                + " and record again, or record 7 runs");
        assertThat(new Calibration("L4", 2, 0, 0, 0).missing()).isEqualTo("no answer of these suites is scored");
        assertThat(new Calibration("L1", 4, 100, 300, 3).missing())
                .isEqualTo("a noisy layer needs 7 approved runs, it has 4; record 3 more, 7 runs in all");
    }

    @Test
    void says_when_nobody_measured_anything() {
        assertThat(new Calibration("L2", 0, 0, 0, 0).missing())
                .isEqualTo("its noise was never measured; approve the runs of the baseline again");
    }

    @ParameterizedTest
    @CsvSource({"1, 35, 10", "4, 35, 10", "1, 138, 4", "2, 106, 4", "1, 300, 2", "1, 1000, 2", "1, 10, 31", "1, 1, 301"
    })
    void needs_as_many_runs_as_make_three_hundred_comparisons(int runs, int samples, int needed) {
        assertThat(new Calibration("L4", runs, samples, (runs - 1) * samples, 0).runsNeeded())
                .isEqualTo(needed);
    }

    @Test
    void asks_for_no_run_that_could_not_be_of_use() {
        Calibration words = new Calibration("L4", 1, 35, 0, 0);

        assertThat(new Calibration("L1", 1, 0, 0, 0).runsNeeded()).isEqualTo(1);
        assertThat(new Calibration("L1", 12, 100, 1100, 3).runsNeeded()).isEqualTo(12);
        assertThat(Calibration.runsNeeded(List.of(new Calibration("L1", 1, 0, 0, 0), words)))
                .isEqualTo(10);
    }

    @Test
    void lets_a_noisy_layer_decide_from_seven_runs_on() {
        assertThat(new Calibration("L1", 6, 100, 500, 1).gates()).isFalse();
        assertThat(new Calibration("L1", 7, 100, 600, 1).gates()).isTrue();
    }

    @Test
    void lets_a_noisy_layer_warn_from_five_runs_on() {
        Calibration five = new Calibration("L1", 5, 100, 400, 3);

        assertThat(new Calibration("L1", 4, 100, 300, 3).warns()).isFalse();
        assertThat(five.warns()).isTrue();
        assertThat(five.gates()).isFalse();
        assertThat(five.missing())
                .isEqualTo(
                        "a noisy layer needs 7 approved runs to decide; with 5 it only warns; record 2 more, 7 runs in all");
        assertThat(five.asIfEnough()).isEqualTo(new Calibration("L1", 7, 100, 400, 3));
        assertThat(new Calibration("L1", 6, 100, 500, 3).warns()).isTrue();
        assertThat(new Calibration("L1", 7, 100, 600, 3).warns()).isFalse();
        assertThat(new Calibration("L1", 6, 100, 500, 0).warns())
                .as("deterministic")
                .isFalse();
        assertThat(new Calibration("L1", 6, 10, 50, 0).warns())
                .as("nobody knows whether it repeats")
                .isFalse();
        assertThat(new Calibration("L3", 6, 10, 50, 0).warns()).isTrue();
    }

    @Test
    void lets_samples_decide_from_seven_runs_on_whatever_repeats() {
        assertThat(new Calibration("L3", 6, 0, 0, 0).gates()).isFalse();
        assertThat(new Calibration("L3", 6, 0, 0, 0).runsNeeded()).isEqualTo(7);
        assertThat(new Calibration("L3", 7, 0, 0, 0).gates()).isTrue();
        assertThat(new Calibration("L3", 1, 100, 0, 0).runsNeeded()).isEqualTo(4);
        assertThat(new Calibration("L3", 1, 10, 0, 0).runsNeeded()).isEqualTo(7);
        assertThat(new Calibration("L3", 8, 10, 70, 0).missing()).isEmpty();
    }

    @Test
    void reads_as_a_sentence() {
        assertThat(new Calibration("L1", 4, 106, 318, 0))
                .hasToString("L1 deterministic (4 runs, 318 comparisons, 0 mismatches)");
    }
}
