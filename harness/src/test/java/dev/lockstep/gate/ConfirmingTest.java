package dev.lockstep.gate;

import static dev.lockstep.gate.GateFixture.FINGERPRINTS;
import static dev.lockstep.gate.GateFixture.asked;
import static dev.lockstep.gate.GateFixture.confirmation;
import static dev.lockstep.gate.GateFixture.gate;
import static dev.lockstep.gate.GateFixture.noisy;
import static dev.lockstep.gate.GateFixture.prints;
import static dev.lockstep.gate.GateFixture.tonight;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.gate.ToConfirm.Start;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import dev.lockstep.testing.Answers;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Log-probabilities of seven noisy runs around −1.004, and a run at −2 on which their test fires. */
final class ConfirmingTest {
    private static final Tonight MOVED = tonight(prints("same", -2));
    private static final Tonight USUAL = tonight(prints("same", -1.004));
    private static final Confirmation HERE = confirmation("epoch-b", MOVED);
    private static final Confirmation GONE = confirmation("epoch-b", USUAL);
    private static final SampleKey REFUSED = FINGERPRINTS.get(2);
    private static final Tonight REFUSING = tonight(refusing());
    private static final String FOUND =
            "L2: 10 of 10 samples differ; mean |Δlogprob| 9.96e-01, unchanged runs 2.00e-03 to 3.50e-03 (39 of 40 below 4.74e-03);"
                    + " KL 0.17 nats a token (95 % interval 0.17 to 0.17, approved runs up to 1.0e-05), the likeliest token is the same at 100.0 % of 40 places;"
                    + " the screen fired"
                    + " (p < 0.0001)";
    private static final String PROMPTS =
            "every prompt has as many tokens as then: no length points to template, tokenizer or processor";

    @Test
    void asks_the_same_start_for_what_fired() {
        assertThat(next(asked(MOVED))).isEqualTo(new ToConfirm(Start.SAME, FINGERPRINTS));
        assertThat(next(asked(USUAL))).isEqualTo(new ToConfirm(Start.SAME, List.of()));
    }

    @Test
    void asks_another_start_for_what_persists_and_nothing_more() {
        assertThat(next(asked(MOVED, HERE))).isEqualTo(new ToConfirm(Start.OTHER, FINGERPRINTS));
        assertThat(next(asked(MOVED, GONE))).isEqualTo(new ToConfirm(Start.OTHER, List.of()));
        assertThat(next(asked(MOVED, HERE, confirmation("epoch-c", MOVED))))
                .isEqualTo(new ToConfirm(Start.OTHER, List.of()));
    }

    @Test
    void asks_anew_after_a_confirmation_that_was_cut_short_or_failed() {
        Tonight short_ = tonight(prints("same", -2).subList(0, 9));
        List<Sample> failing = prints("same", -2);
        failing.set(4, Answers.failed(FINGERPRINTS.get(4)));

        assertThat(next(asked(MOVED, new Confirmation("epoch-b", List.of(MOVED, short_)))))
                .isEqualTo(new ToConfirm(Start.SAME, FINGERPRINTS));
        assertThat(next(asked(MOVED, new Confirmation("epoch-b", List.of(MOVED)))))
                .isEqualTo(new ToConfirm(Start.SAME, FINGERPRINTS));
        assertThat(next(asked(MOVED, confirmation("epoch-b", tonight(failing)))))
                .isEqualTo(new ToConfirm(Start.SAME, FINGERPRINTS));
    }

    @Test
    void asks_another_start_for_what_is_proved_by_coming_back_and_for_nothing_else() {
        assertThat(next(asked(REFUSING))).isEqualTo(new ToConfirm(Start.OTHER, List.of(REFUSED)));
        assertThat(next(asked(REFUSING, confirmation("epoch-c", REFUSING))))
                .isEqualTo(new ToConfirm(Start.OTHER, List.of()));
    }

    @Test
    void calls_a_proved_difference_one_of_the_replica_when_another_start_does_not_show_it() {
        assertThat(drift(asked(REFUSING)).scope()).isEqualTo(Verdict.Scope.STACK);
        assertThat(drift(asked(REFUSING, confirmation("epoch-c", REFUSING))))
                .satisfies(drift -> assertThat(drift.scope()).isEqualTo(Verdict.Scope.STACK))
                .satisfies(drift ->
                        assertThat(drift.reasons().getFirst()).endsWith("; another server start shows it, too"));
        assertThat(drift(asked(REFUSING, confirmation("epoch-c", USUAL))))
                .satisfies(drift -> assertThat(drift.scope()).isEqualTo(Verdict.Scope.REPLICA))
                .satisfies(drift ->
                        assertThat(drift.reasons().getFirst()).endsWith("; another server start does not show it"));
    }

    private static Verdict.Drift drift(Asked asked) {
        return (Verdict.Drift) judge(asked);
    }

    @Test
    void cannot_decide_on_a_test_that_fired_before_anybody_asked_again() {
        assertThat(judge(asked(MOVED)))
                .isEqualTo(
                        new Verdict.Inconclusive(
                                List.of(
                                        FOUND
                                                + ", and nobody asked again; 2 fresh answers to each of the 10 samples would decide: run again, which asks them")));
    }

    @Test
    void says_why_nobody_was_asked_again_when_another_detector_decides() {
        assertThat(gate().judge(noisy(7), asked(REFUSING), List.of())
                        .findings()
                        .getLast()
                        .effect())
                .endsWith(
                        "; the screen fired (p < 0.0001), and was not confirmed, for another detector decides already");
    }

    @Test
    void calls_drift_what_fresh_answers_confirm() {
        assertThat(judge(asked(MOVED, HERE)))
                .isEqualTo(new Verdict.Drift(
                        Verdict.Scope.STACK,
                        List.of(),
                        List.of(FOUND + ", and fresh answers confirm it (p < 0.0001)", PROMPTS)));
    }

    @Test
    void passes_what_fresh_answers_do_not_confirm_and_says_so() {
        Verdict verdict = judge(asked(MOVED, GONE));

        assertThat(verdict.name()).isEqualTo("PASS");
        assertThat(verdict.reasons()).contains(FOUND + ", but fresh answers do not confirm it (p 0.93)");
    }

    @Test
    void never_passes_what_fresh_answers_hold_nothing_of() {
        Tonight refused = tonight(FINGERPRINTS.stream().map(Answers::refused).toList());

        assertThat(judge(asked(MOVED, confirmation("epoch-b", refused))))
                .isEqualTo(
                        new Verdict.Inconclusive(
                                List.of(
                                        FOUND
                                                + ", and the fresh answers hold nothing to compare; the run log (confirm) tells why: mend that, and run again")));
    }

    @Test
    void takes_another_start_that_refuses_for_none() {
        Tonight moderate = tonight(prints("same", -1.0125));
        Tonight refused = tonight(FINGERPRINTS.stream().map(Answers::refused).toList());
        Confirmation here = confirmation("epoch-b", moderate);

        assertThat(judge(asked(moderate, here, confirmation("epoch-c", refused)))
                        .reasons())
                .first()
                .asString()
                .endsWith(
                        "; of another server start nothing could be compared; on a noisy layer that may be this start alone:"
                                + " a third start would decide: run again, on a start of its own");
    }

    @Test
    void calls_a_drift_of_the_stack_what_another_start_shows_too() {
        assertThat(judge(asked(MOVED, HERE, confirmation("epoch-c", MOVED))))
                .isEqualTo(new Verdict.Drift(
                        Verdict.Scope.STACK,
                        List.of(),
                        List.of(
                                FOUND
                                        + ", and fresh answers confirm it (p < 0.0001); another server start shows it, too"
                                        + " (p < 0.0001)",
                                PROMPTS)));
    }

    @Test
    void cannot_decide_where_another_start_of_a_noisy_layer_does_not_show_it() {
        assertThat(judge(asked(MOVED, HERE, confirmation("epoch-c", USUAL))))
                .isEqualTo(
                        new Verdict.Inconclusive(
                                List.of(
                                        FOUND
                                                + ", and fresh answers confirm it (p < 0.0001); another server start does not show it (p 0.93); on a"
                                                + " noisy layer that may be this start alone: a third start would decide: run again, on a start of its own")));
    }

    /** A screen that fires, and is not as unlikely as two looks that share nothing (p .00025). */
    @Test
    void needs_another_start_to_call_a_moderate_change_of_a_noisy_layer_drift() {
        Tonight moderate = tonight(prints("same", -1.0125));
        Confirmation here = confirmation("epoch-b", moderate);

        assertThat(judge(asked(moderate, here)))
                .isEqualTo(
                        new Verdict.Inconclusive(
                                List.of(
                                        "L2: 10 of 10 samples differ; mean |Δlogprob| 8.50e-03, unchanged"
                                                + " runs 2.00e-03 to 3.50e-03 (39 of 40 below 4.74e-03); KL 3.8e-05 nats a token (95 % interval 3.8e-05 to 3.8e-05, approved runs up"
                                                + " to 1.0e-05), the likeliest token is the same at 100.0 % of 40 places; the screen fired (p 0.0014), and fresh answers confirm it (p 0.0014);"
                                                + " on a noisy layer that may be this start alone: one more start would decide: restart the server, and run again")));
        assertThat(judge(asked(moderate, here, confirmation("epoch-c", USUAL))).reasons())
                .first()
                .asString()
                .endsWith(
                        "; another server start does not show it (p 0.93); on a noisy layer that may be this start alone:"
                                + " a third start would decide: run again, on a start of its own");
        assertThat(judge(asked(moderate, here, confirmation("epoch-c", moderate)))
                        .name())
                .isEqualTo("DRIFT");
    }

    /** The second pass meets a cache that holds the prompts, which the approved runs did not. */
    @Test
    void lets_the_first_answers_of_another_start_decide() {
        Tonight moderate = tonight(prints("same", -1.0125));
        Confirmation here = confirmation("epoch-b", moderate);
        Confirmation warm = new Confirmation("epoch-c", List.of(USUAL, MOVED));

        assertThat(judge(asked(moderate, here, warm)).name()).isEqualTo("INCONCLUSIVE");
        assertThat(judge(asked(moderate, here, new Confirmation("epoch-c", List.of(moderate, USUAL))))
                        .name())
                .isEqualTo("DRIFT");
    }

    private static ToConfirm next(Asked asked) {
        return gate().toConfirm(noisy(7), asked);
    }

    private static Verdict judge(Asked asked) {
        return gate().judge(noisy(7), asked, List.of()).verdict();
    }

    private static List<Sample> refusing() {
        List<Sample> refusing = prints("same", -2);
        refusing.set(2, Answers.refused(FINGERPRINTS.get(2)));
        return refusing;
    }
}
