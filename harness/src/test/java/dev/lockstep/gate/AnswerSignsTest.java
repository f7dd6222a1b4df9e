package dev.lockstep.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.baseline.Baseline;
import dev.lockstep.run.RunLog;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import dev.lockstep.testing.Answers;
import dev.lockstep.testing.Runs;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class AnswerSignsTest {
    private static final SampleKey KEY = new SampleKey("prints", "c0", 0);

    @Test
    void equal_lengths_and_messages_are_told_for_what_they_are() {
        Signs signs = signs(text(Answers.body("ab", -1)), text(Answers.body("ab", -1)), List.of());

        assertThat(signs.sign(Clue.PROMPT_TOKENS)).isEqualTo(Sign.EQUAL);
        assertThat(signs.sign(Clue.MESSAGE)).isEqualTo(Sign.EQUAL);
        assertThat(signs.sign(Clue.MEDIA_TOKENS)).isEqualTo(Sign.UNSEEN);
        assertThat(signs.sign(Clue.LOGPROBS)).isEqualTo(Sign.UNSEEN);
        assertThat(signs.sign(Clue.CLIENT)).isEqualTo(Sign.UNSEEN);
    }

    @Test
    void another_length_of_a_prompt_with_an_image_is_one_of_media() {
        Sample longer = image(Answers.body("ab", -1).replace("\"prompt_tokens\":7", "\"prompt_tokens\":9"));

        Signs signs = signs(image(Answers.body("ab", -1)), longer, List.of());

        assertThat(signs.sign(Clue.MEDIA_TOKENS)).isEqualTo(Sign.DIFFERENT);
        assertThat(signs.sign(Clue.PROMPT_TOKENS)).isEqualTo(Sign.UNSEEN);
    }

    @Test
    void the_same_tokens_under_another_name_are_another_message_and_no_other_tokens() {
        String renamed = Answers.body("ab", -1).replace("\"content\":\"ab\"", "\"reasoning\":\"ab\"");

        Signs signs = signs(
                text(Answers.body("ab", -1)),
                text(renamed),
                List.of(finding("L1", Finding.Result.CHANGED, "text"), finding("L2", Finding.Result.SAME, "")));

        assertThat(signs.sign(Clue.MESSAGE)).isEqualTo(Sign.DIFFERENT);
        assertThat(signs.sign(Clue.LOGPROBS)).isEqualTo(Sign.EQUAL);
        assertThat(signs.first()).contains(Clue.MESSAGE);
    }

    @Test
    void other_tokens_are_other_log_probabilities_and_no_other_message() {
        Signs signs = signs(
                text(Answers.body("ab", -1)),
                text(Answers.body("cd", -1)),
                List.of(finding("L1", Finding.Result.CHANGED, "token 0")));

        assertThat(signs.sign(Clue.LOGPROBS)).isEqualTo(Sign.DIFFERENT);
        assertThat(signs.sign(Clue.MESSAGE)).isEqualTo(Sign.UNSEEN);
    }

    @Test
    void samples_and_scores_come_from_their_detectors() {
        Signs signs = signs(
                text(Answers.body("ab", -1)),
                text(Answers.body("ab", -1)),
                List.of(
                        finding("L2", Finding.Result.SAME, ""),
                        finding("L3", Finding.Result.CHANGED, ""),
                        finding("L4 supporting", Finding.Result.UNDECIDED, "")));

        assertThat(signs.first()).contains(Clue.DRAWS);
        assertThat(signs.sign(Clue.SCORES)).isEqualTo(Sign.UNSEEN);
    }

    private static Signs signs(Sample then, Sample now, List<Finding> findings) {
        Baseline baseline = Runs.baseline(Runs.run("a", List.of(then), GateFixture.noScores()));
        RunLog log = Runs.log("b", List.of(now));
        Tonight tonight = new Tonight(List.of(KEY), Set.of("prints"), Set.of(), log, GateFixture.noScores());
        return AnswerSigns.of(baseline, tonight, findings, Signs.none());
    }

    private static Finding finding(String detector, Finding.Result result, String what) {
        return new Finding(
                detector,
                result,
                DriftRule.Basis.EQUALITY,
                OptionalDouble.empty(),
                1,
                what.isEmpty() ? 0 : 1,
                Finding.Severity.NONE,
                "",
                "",
                what.isEmpty() ? List.of() : List.of(new Finding.Evidence(KEY, what, "a", "b")));
    }

    private static Sample text(String body) {
        return Answers.answered(KEY, body);
    }

    private static Sample image(String body) {
        Sample plain = text(body);
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        ObjectNode part =
                request.putArray("messages").addObject().putArray("content").addObject();
        part.put("type", "image_url").putObject("image_url").put("url", "sha256:00");
        return new Sample(
                plain.key(), plain.seed(), plain.replica(), plain.epoch(), request, plain.exchange(), plain.outcome());
    }
}
