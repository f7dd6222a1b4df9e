package dev.lockstep.gate;

import static dev.lockstep.gate.GateFixture.FINGERPRINTS;
import static dev.lockstep.gate.GateFixture.noScores;
import static dev.lockstep.gate.GateFixture.prints;
import static dev.lockstep.gate.GateFixture.tonight;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.FingerprintAspect;
import dev.lockstep.run.Sample;
import dev.lockstep.stats.Interval;
import dev.lockstep.testing.Answers;
import dev.lockstep.testing.Runs;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A token has two alternatives, of e^logprob and e^−9; the rest of its distribution is one bucket. */
final class FingerprintSizeTest {
    private static final Interval NONE = new Interval(0, 0, 0);
    private static final Interval ALL = new Interval(0, 0, Double.POSITIVE_INFINITY);
    private static final Baseline ONE = Runs.baseline(Runs.run("a", prints("same", -1), noScores()));

    @Test
    void is_nothing_between_equal_answers() {
        assertThat(of(ONE, prints("same", -1))).isEqualTo(new FingerprintSize(0, 40, 0, NONE, 0, 1));
    }

    @Test
    void measures_the_divergence_of_a_token_with_its_tail() {
        double then = Math.exp(-1);
        double now = Math.exp(-2);
        double least = Math.exp(-9);
        double expected =
                then * Math.log(then / now) + (1 - then - least) * Math.log((1 - then - least) / (1 - now - least));

        assertThat(of(ONE, prints("same", -2)).divergence()).isCloseTo(expected, within(1e-12));
    }

    @Test
    void takes_the_largest_divergence_between_approved_runs_for_the_floor() {
        Baseline noisy = Runs.baseline(
                Runs.run("a", prints("same", -1), noScores()),
                Runs.run("b", prints("same", -1.1), noScores()),
                Runs.run("c", prints("same", -2), noScores()));

        assertThat(of(noisy, prints("same", -1)).floor())
                .isEqualTo(of(ONE, prints("same", -2)).divergence());
    }

    @Test
    void measures_the_change_of_the_length_either_way() {
        assertThat(of(ONE, prints("sa", -1)).lengthChange()).isEqualTo(.5);
        assertThat(of(ONE, prints("sameness", -1)).lengthChange()).isEqualTo(1);
    }

    @Test
    void compares_up_to_and_with_the_first_other_token() {
        // 's' agrees; 'o' stands where 'a' was; what follows says nothing
        assertThat(of(ONE, prints("some", -1)).topAgreement()).isEqualTo(.5);
    }

    @Test
    void compares_beyond_it_along_the_tokens_that_an_answer_was_made_to_follow() {
        List<Sample> forced = FINGERPRINTS.stream()
                .map(key -> Answers.answered(key, Answers.body("some", -1), Answers.following("same", -2)))
                .toList();

        assertThat(of(ONE, forced)).isEqualTo(of(ONE, prints("same", -2)));
    }

    @Test
    void tells_tokens_apart_by_their_texts_where_the_server_sends_no_ids() {
        Baseline then = Runs.baseline(Runs.run("a", withoutIds(-1), noScores()));

        assertThat(of(then, withoutIds(-2))).isEqualTo(of(ONE, prints("same", -2)));
    }

    private static List<Sample> withoutIds(double logprob) {
        String body = Answers.body("same", logprob).replaceAll("\"id\":\\d+,", "");
        return FINGERPRINTS.stream().map(key -> Answers.answered(key, body)).toList();
    }

    @Test
    void says_nothing_of_answers_without_tokens() {
        List<Sample> bare = FINGERPRINTS.stream()
                .map(key -> Answers.answered(key, Answers.bare("same")))
                .toList();
        Baseline then = Runs.baseline(Runs.run("a", bare, noScores()));

        assertThat(of(then, bare)).isEqualTo(new FingerprintSize(0, 0, 0, ALL, 0, 1));
    }

    /** Five prompts of ten diverge by d and five not: mean d/2, standard error d/2·√10/10, t with 9 degrees of freedom. */
    @Test
    void tells_the_interval_of_the_divergence_by_prompts() {
        List<Sample> half = new ArrayList<>(prints("same", -1).subList(0, 5));
        half.addAll(prints("same", -2).subList(5, 10));
        double each = of(ONE, prints("same", -2)).divergence();
        double reach = 2.2621571628 * each / 2 / Math.sqrt(10);

        Interval interval = of(ONE, half).interval();

        assertThat(interval.low()).isCloseTo(each / 2 - reach, within(1e-9));
        assertThat(interval.high()).isCloseTo(each / 2 + reach, within(1e-9));
    }

    @Test
    void tells_no_divergence_below_zero() {
        List<Sample> one = new ArrayList<>(prints("same", -1).subList(0, 9));
        one.addAll(prints("same", -2).subList(9, 10));

        assertThat(of(ONE, one).interval().low()).isZero();
    }

    private static FingerprintSize of(Baseline baseline, List<Sample> samples) {
        return FingerprintSize.of(FingerprintAspect.LOGPROBS, baseline, tonight(samples), FINGERPRINTS);
    }
}
