package dev.lockstep.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lockstep.baseline.ScoreTable;
import dev.lockstep.run.SampleKey;
import dev.lockstep.score.Score;
import dev.lockstep.suite.EvalCase;
import dev.lockstep.testing.Answers;
import dev.lockstep.testing.Cases;
import dev.lockstep.testing.Runs;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ScoringTest {
    private static final EvalCase RED = Cases.scored("colours", "red", "Say red", "red", 3);
    private static final EvalCase PRINT = Cases.fingerprint("prints", "one", "Print one");
    private static final SampleKey KEY = new SampleKey("colours", "red", 1);
    private static final SampleKey PRINT_KEY = new SampleKey("prints", "one", 0);

    private final Scoring scoring = new Scoring(List.of(RED, PRINT));

    @Test
    void scores_an_answer_by_its_case() {
        assertThat(scoring.score(Answers.answered(KEY, "red", -1)).scores())
                .extracting(Score::scorer, Score::value, Score::outcome)
                .containsExactly(tuple("exact@1", 1.0, Score.Outcome.SCORED));
        assertThat(scoring.score(Answers.answered(KEY, "blue", -1)).scores())
                .extracting(Score::value)
                .containsExactly(0.0);
    }

    @Test
    void gives_a_refusal_nothing_from_every_scorer() {
        assertThat(scoring.score(Answers.refused(KEY)).scores())
                .containsExactly(new Score("exact@1", 0, Score.Outcome.REFUSED, "the stack refused the request"));
    }

    @Test
    void has_no_score_for_what_says_nothing_about_behaviour() {
        assertThat(scoring.score(Answers.failed(KEY)).scores()).isEmpty();
        assertThat(scoring.score(Answers.answered(PRINT_KEY, "one", -1)).scores())
                .as("a fingerprint")
                .isEmpty();
        assertThat(scoring.score(Answers.answered(new SampleKey("colours", "gone", 0), "red", -1))
                        .scores())
                .as("a case that the plan does not hold")
                .isEmpty();
    }

    @Test
    void leaves_failed_samples_out_of_the_table() {
        SampleKey refused = new SampleKey("colours", "red", 0);
        SampleKey failed = new SampleKey("colours", "red", 2);

        ScoreTable table = scoring.score(Runs.log(
                        "run",
                        List.of(
                                Answers.answered(KEY, "red", -1),
                                Answers.refused(refused),
                                Answers.failed(failed),
                                Answers.answered(PRINT_KEY, "one", -1))))
                .table();

        assertThat(table.scores()).containsOnlyKeys(refused, KEY, PRINT_KEY);
        assertThat(table.isRight(KEY)).isTrue();
        assertThat(table.isRight(refused)).isFalse();
        assertThat(table.scores().get(PRINT_KEY)).isEmpty();
    }

    @Test
    void scores_are_kept_when_samples_are_asked_again() {
        ScoredLog scored = scoring.score(Runs.log("run", List.of(Answers.answered(KEY, "red", -1))));

        ScoredLog again = scored.withRepeats(List.of(Answers.answered(KEY, "blue", -1)));

        assertThat(again.samples()).isSameAs(scored.samples());
        assertThat(again.log().repeats()).hasSize(1);
    }
}
