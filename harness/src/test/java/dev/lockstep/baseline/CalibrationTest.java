package dev.lockstep.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CalibrationTest {

    @Test
    void proves_determinism_by_three_hundred_equal_comparisons() {
        Calibration proven = new Calibration("L1", 4, 300, 0);
        Calibration tooFew = new Calibration("L1", 4, 299, 0);

        assertThat(proven.noise()).isEqualTo(Calibration.Noise.DETERMINISTIC);
        assertThat(proven.gates()).isTrue();
        assertThat(proven.missing()).isEmpty();
        assertThat(tooFew.noise()).isEqualTo(Calibration.Noise.UNCALIBRATED);
        assertThat(tooFew.gates()).isFalse();
        assertThat(tooFew.missing()).isEqualTo("needs 300 comparisons between runs, it has 299; record 1 more");
    }

    @Test
    void says_how_many_runs_are_missing() {
        assertThat(new Calibration("L1", 2, 106, 0).missing())
                .isEqualTo("needs 300 comparisons between runs, it has 106; record 2 more");
        assertThat(new Calibration("L1", 1, 0, 0).missing())
                .isEqualTo("needs 300 comparisons between runs, it has 0; record at least 1 more");
        assertThat(new Calibration("L1", 2, 0, 0).missing())
                .isEqualTo(
                        "no prompt of these suites could be compared; add a suite of role 'fingerprint', and record again");
        assertThat(new Calibration("L1", 5, 400, 3).missing())
                .isEqualTo("a noisy layer needs 7 approved runs, it has 5; record 2 more");
    }

    @Test
    void lets_a_noisy_layer_decide_from_seven_runs_on() {
        assertThat(new Calibration("L1", 6, 500, 1).gates()).isFalse();
        assertThat(new Calibration("L1", 7, 600, 1).gates()).isTrue();
    }

    @Test
    void reads_as_a_sentence() {
        assertThat(new Calibration("L1", 4, 318, 0))
                .hasToString("L1 deterministic (4 runs, 318 comparisons, 0 mismatches)");
    }
}
