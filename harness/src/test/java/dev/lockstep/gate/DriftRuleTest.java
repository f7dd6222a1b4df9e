package dev.lockstep.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.gate.DriftRule.Basis;
import dev.lockstep.gate.DriftRule.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Levels .05 and .02; two tests of equal weight, so that each has .025 in the screen, and .0005 proves a run by itself. */
final class DriftRuleTest {
    private static final double SCREENED = .025;
    private static final double ALONE = .0005;

    @Test
    void leaves_alone_what_does_not_fire() {
        DriftRule rule = screen(Basis.RUNS, .026, 1);

        assertThat(rule.outcome("L1")).isEqualTo(Outcome.NOT_FIRED);
        assertThat(rule.asks()).isFalse();
    }

    @Test
    void asks_the_same_start_then_another_for_what_persists() {
        DriftRule rule = screen(Basis.RUNS, SCREENED, 1);

        assertThat(rule.open()).containsExactly("L1");
        assertThat(rule.asks()).isTrue();
        assertThat(rule.outcome("L1")).isEqualTo(Outcome.UNASKED);
        assertThat(again(rule, .021).asks()).isFalse();
        assertThat(again(rule, .02).asks()).isTrue();
        assertThat(again(rule, .02, .02).asks()).isFalse();
    }

    @Test
    void does_not_confirm_what_fresh_answers_do_not_show() {
        assertThat(again(screen(Basis.RUNS, ALONE, 1), .021).outcome("L1")).isEqualTo(Outcome.UNCONFIRMED);
        assertThat(again(screen(Basis.ANSWERS, ALONE, 1), .021).outcome("L1")).isEqualTo(Outcome.UNCONFIRMED);
    }

    @Test
    void needs_another_start_where_whole_runs_are_compared() {
        DriftRule rule = again(screen(Basis.RUNS, SCREENED, 1), .02);

        assertThat(rule.outcome("L1")).isEqualTo(Outcome.ONE_START);
        assertThat(again(rule, .02).outcome("L1")).isEqualTo(Outcome.CHANGED);
        assertThat(again(rule, .021).outcome("L1")).isEqualTo(Outcome.ONE_START);
    }

    @Test
    void takes_a_run_that_is_unlikely_enough_by_itself_where_no_other_start_was_asked() {
        assertThat(again(screen(Basis.RUNS, ALONE, 1), .02).outcome("L1")).isEqualTo(Outcome.CHANGED);
        assertThat(again(screen(Basis.RUNS, ALONE * 1.01, 1), .02).outcome("L1"))
                .isEqualTo(Outcome.ONE_START);
        assertThat(again(screen(Basis.RUNS, ALONE, 1), .02, .021).outcome("L1")).isEqualTo(Outcome.ONE_START);
    }

    @Test
    void takes_the_same_starts_word_where_answers_share_nothing() {
        DriftRule rule = again(screen(Basis.ANSWERS, SCREENED, 1), .02);

        assertThat(rule.outcome("L1")).isEqualTo(Outcome.CHANGED);
        assertThat(again(rule, .021).outcome("L1")).isEqualTo(Outcome.CHANGED);
    }

    @Test
    void knows_a_change_of_one_start() {
        DriftRule here = again(screen(Basis.ANSWERS, SCREENED, 1), .02);

        assertThat(here.isOfOneStart()).isFalse();
        assertThat(again(here, .021).isOfOneStart()).isTrue();
        assertThat(again(here, .02).isOfOneStart()).isFalse();
    }

    @Test
    void takes_a_confirmation_that_holds_nothing_to_compare_for_none() {
        assertThat(screen(Basis.RUNS, ALONE, 1).confirmed(List.of()).outcome("L1"))
                .isEqualTo(Outcome.UNASKED);
        assertThat(screen(Basis.ANSWERS, ALONE, 1).confirmed(List.of()).outcome("L1"))
                .isEqualTo(Outcome.UNASKED);
    }

    @Test
    void takes_another_start_that_holds_nothing_to_compare_for_none() {
        DriftRule likely = again(screen(Basis.RUNS, SCREENED, 1), .02).confirmed(List.of());
        DriftRule unlikely = again(screen(Basis.RUNS, ALONE, 1), .02).confirmed(List.of());

        assertThat(likely.outcome("L1")).isEqualTo(Outcome.ONE_START);
        assertThat(unlikely.outcome("L1")).isEqualTo(Outcome.CHANGED);
        assertThat(unlikely.isOfOneStart()).isFalse();
    }

    @Test
    void shares_the_level_of_a_confirmation_among_what_fired() {
        DriftRule rule = screen(Basis.ANSWERS, 0, 0);

        assertThat(rule.confirmed(tests(Basis.ANSWERS, .011, .011)).open()).isEmpty();
        assertThat(rule.confirmed(tests(Basis.ANSWERS, .01, .02)).open()).containsExactlyInAnyOrder("L1", "L2");
    }

    @Test
    void lets_equality_take_its_share_and_asks_nothing_again_for_it() {
        DriftRule rule = screen(Basis.EQUALITY, 0, 1);

        assertThat(rule.asks()).isFalse();
        assertThat(rule.outcome("L1")).isEqualTo(Outcome.NOT_FIRED);
    }

    private static DriftRule screen(Basis basis, double first, double second) {
        return DriftRule.screen(new GatePolicy.Levels(.05, .02), tests(basis, first, second));
    }

    private static List<DriftRule.Test> tests(Basis basis, double first, double second) {
        return List.of(test("L1", basis, first), test("L2", basis, second));
    }

    private static DriftRule.Test test(String name, Basis basis, double p) {
        return new DriftRule.Test(name, basis, p, .25, SCREENED);
    }

    private static DriftRule again(DriftRule rule, double... p) {
        DriftRule next = rule;
        for (double each : p) {
            next = next.confirmed(List.of(test("L1", Basis.RUNS, each)));
        }
        return next;
    }
}
