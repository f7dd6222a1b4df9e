package dev.lockstep.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.document.Position;
import dev.lockstep.suite.EvalCase;
import dev.lockstep.suite.ScorerSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScorersTest {
    private static final Position PLACE = new Position(Path.of("suite.yaml"), 9, 5);
    private final Scorers scorers = Scorers.standard();

    @Test
    void names_the_standard_scorers() {
        assertThat(scorers.names())
                .containsExactly("contains", "exact", "json_schema", "numeric", "regex", "tool_call");
        assertThat(scorers.names())
                .allSatisfy(name -> assertThat(scorers.version(name)).isEqualTo(1));
    }

    @Test
    void scores_by_each_scorer_of_the_case_without_the_thinking() {
        EvalCase evalCase = evalCase(spec("exact", 1), spec("contains", 1));
        assertThat(scorers.score(evalCase, Scored.answered("<think>6, 8?</think>\n7")))
                .containsExactly(
                        new Score("exact@1", 1, Score.Outcome.SCORED, "is \"7\""),
                        new Score("contains@1", 1, Score.Outcome.SCORED, "contains \"7\""));
        assertThat(scorers.score(evalCase, Scored.answered("<think>7</think>8")))
                .extracting(Score::value)
                .containsExactly(0.0, 0.0);
    }

    @Test
    void refuses_a_case_that_was_read_with_another_version() {
        assertThatThrownBy(() -> scorers.score(evalCase(spec("exact", 2)), Scored.answered("7")))
                .isInstanceOfSatisfying(
                        LockstepException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.SCORER))
                .hasMessage(
                        "suite.yaml:9:5: case 'c' was read for exact@2, but version 1 is here; read the suite again");
    }

    @Test
    void refuses_unknown_names() {
        assertThatThrownBy(() -> scorers.version("exactly"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no scorer 'exactly'");
    }

    private static ScorerSpec spec(String name, int version) {
        return new ScorerSpec(name, version, empty(), PLACE);
    }

    private static EvalCase evalCase(ScorerSpec... specs) {
        return new EvalCase(
                "s",
                "c",
                List.of(),
                Optional.empty(),
                empty(),
                empty(),
                List.of(1L),
                0,
                Duration.ofSeconds(1),
                List.of(),
                Scored.json("{\"answers\": [\"7\"]}"),
                List.of(specs),
                PLACE,
                "hash");
    }

    private static ObjectNode empty() {
        return JsonNodeFactory.instance.objectNode();
    }
}
