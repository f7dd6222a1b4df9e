package dev.lockstep.gate;

import static dev.lockstep.gate.GateFixture.deterministic;
import static dev.lockstep.gate.GateFixture.firstRight;
import static dev.lockstep.gate.GateFixture.noisy;
import static dev.lockstep.gate.GateFixture.prints;
import static dev.lockstep.gate.GateFixture.scored;
import static dev.lockstep.gate.GateFixture.tonight;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.Calibration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class ForecastTest {
    private static final Goal GOAL = new Goal(.02, .8);
    private static final Calibration NOISY = new Calibration("L4", 10, 100, 900, 40);

    @Test
    void says_in_the_words_of_the_verdict_what_fingerprints_find() {
        assertThat(outlooks(deterministic(prints("same", -1)), tonight(prints("same", -1))))
                .containsExactly(
                        fingerprint("L1", "equality", "one token of one answer", 1),
                        fingerprint("L2", "equality", "one bit of one log-probability", 1));
    }

    @Test
    void says_what_a_fingerprint_lacks_before_it_can_decide() {
        Outlook logprobs = outlooks(noisy(3), tonight(prints("same", -1))).getLast();

        assertThat(logprobs)
                .isEqualTo(fingerprint(
                        "L2", "", "a noisy layer needs 7 approved runs, it has 3; record 4 more, 7 runs in all", 0));
    }

    @Test
    void computes_what_noisy_scores_find_from_the_spread_of_the_runs() {
        Outlook scores = only(scored(NOISY, 90, 91, 89, 90, 92, 88, 90, 91, 89, 90));

        assertThat(scores.basis()).isEqualTo("run-level t, 10 runs");
        assertThat(scores.smallest().orElseThrow()).isCloseTo(.0470, within(5e-5));
        assertThat(scores.sees()).isEqualTo("a loss of 4.7 pp of score");
        assertThat(scores.pass()).isCloseTo(.45282, within(1e-5));
        assertThat(scores.needed()).contains(new Outlook.Cases(553, 100));
    }

    @Test
    void says_how_many_runs_noisy_scores_lack() {
        Outlook scores = only(scored(new Calibration("L4", 2, 100, 100, 3), 90, 91));

        assertThat(scores.sees())
                .isEqualTo("a noisy layer needs 7 approved runs, it has 2; record 5 more, 7 runs in all");
        assertThat(scores.pass()).isZero();
        assertThat(scores.needed()).isEmpty();
    }

    /** A hundred comparisons do not rule out that 3 % flip: .97¹⁰⁰ that none of 100 does; 100 are too few for 2 points. */
    @Test
    void lets_scores_of_unknown_noise_pass_while_none_moves() {
        Baseline baseline = scored(new Calibration("L4", 2, 100, 100, 0), 90, 90);

        Outlook scores = only(baseline, Policies.withMargin(.05));

        assertThat(scores.basis()).isEmpty();
        assertThat(scores.sees())
                .isEqualTo("needs 300 comparisons between runs, it has 100; record 2 more, 4 runs in all");
        assertThat(scores.pass()).isCloseTo(Math.pow(.97, 100), within(1e-12));
        assertThat(scores.smallest()).isEmpty();
        assertThat(scores.needed()).isEmpty();
        assertThat(only(baseline).pass()).isZero();
    }

    private static Outlook only(Baseline baseline) {
        return only(baseline, GatePolicy.defaults());
    }

    private static Outlook only(Baseline baseline, GatePolicy policy) {
        List<Outlook> outlooks = Forecast.of(baseline, tonight(firstRight(90)), policy, GOAL);
        assertThat(outlooks).hasSize(1);
        return outlooks.getFirst();
    }

    private static List<Outlook> outlooks(Baseline baseline, Tonight rehearsal) {
        return Forecast.of(baseline, rehearsal, GatePolicy.defaults(), GOAL);
    }

    private static Outlook fingerprint(String detector, String basis, String sees, double pass) {
        Items prints = new Items(List.of("prints"), 10, 1, 1);
        return new Outlook(detector, prints, 10, 10, basis, sees, pass, OptionalDouble.empty(), Optional.empty());
    }
}
