package dev.lockstep.baseline;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.run.SampleKey;
import dev.lockstep.testing.Answers;
import dev.lockstep.testing.Runs;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ApprovalRulesTest {
    private static final SampleKey KEY = new SampleKey("prints", "p", 0);
    private static final BaselineRun FIRST = run("a", "Paris", "Paris");

    @Test
    void lets_runs_be_approved_that_were_made_to_follow_the_first() {
        assertThatCode(() -> ApprovalRules.requireOneNoise(List.of(FIRST, run("b", "Perth", "Paris"))))
                .doesNotThrowAnyException();
        assertThatCode(() -> ApprovalRules.requireOneNoise(List.of(FIRST, run("b", "Paris", "Par"))))
                .doesNotThrowAnyException();
    }

    @Test
    void refuses_runs_that_were_made_to_follow_another() {
        assertThatThrownBy(() -> ApprovalRules.requireOneNoise(
                        List.of(FIRST, run("b", "Perth", "Paris"), run("c", "Paris", "Oslo"))))
                .hasMessage(
                        "run c was asked to score the tokens of another run than a, the first of these, so their"
                                + " log-probabilities cannot be compared; approve with that run, the first that was recorded, or record again");
    }

    private static BaselineRun run(String id, String says, String follows) {
        return Runs.run(
                id,
                List.of(Answers.answered(KEY, Answers.body(says, -1), Answers.following(follows, -2))),
                new ScoreTable(new TreeMap<>()));
    }
}
