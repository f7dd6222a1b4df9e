package dev.lockstep.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.LayerState;
import dev.lockstep.lock.Lock;
import dev.lockstep.run.RunLog;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import dev.lockstep.stack.Probes;
import dev.lockstep.testing.Answers;
import dev.lockstep.testing.Runs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class AnswerJudgeTest {
    @Test
    void takes_one_other_bit_for_a_difference_where_starts_repeat_each_other() {
        AnswerJudge judge = new AnswerJudge(List.of(asked("same", -1), asked("same", -1)));

        assertThat(judge.isExact()).isTrue();
        assertThat(judge.words()).isEqualTo("by equality: 2 starts of the first stack answered alike, bit by bit");
        assertThat(judge.difference(asked("same", -1), AnswerJudgeTest::neverAsked))
                .isEmpty();
        assertThat(judge.difference(asked("same", -1.0001), AnswerJudgeTest::neverAsked))
                .contains("s/c0/0: logprob of token 0 -1.0, then -1.0001");
        assertThat(judge.difference(asked("some", -1), AnswerJudgeTest::neverAsked))
                .contains("s/c0/0: token 1 'a', then 'o'");
    }

    @Test
    void holds_whole_runs_against_starts_that_vary_and_asks_another_start_of_what_lies_far_out() {
        AnswerJudge judge = new AnswerJudge(noisy());

        assertThat(judge.isExact()).isFalse();
        assertThat(judge.words())
                .isEqualTo(
                        "by distance: 8 starts of the first stack differ among themselves (run-level t, 0.05, then 0.02"
                                + " at another start)");
        assertThat(judge.difference(asked("same", -1.0045), AnswerJudgeTest::neverAsked))
                .isEmpty();
        assertThat(judge.difference(asked("same", -1.5), () -> asked("same", -1.5)))
                .get()
                .asString()
                .startsWith("answers lie further out (p = ");
        assertThat(judge.difference(asked("same", -1.5), () -> asked("same", -1.0045)))
                .as("what another start does not show is noise")
                .isEmpty();
    }

    @Test
    void sees_in_the_probes_what_no_answer_shows() {
        AnswerJudge judge =
                new AnswerJudge(List.of(asked("same", -1, probes("text", .8)), asked("same", -1, probes("text", .8))));

        assertThat(judge.difference(asked("same", -1, probes("other", .8)), AnswerJudgeTest::neverAsked))
                .contains("probe plain: another rendered text");
        assertThat(judge.difference(asked("same", -1, probes("text", .3)), AnswerJudgeTest::neverAsked))
                .contains("effective sampling, temperature: 0.8, then 0.3");
        assertThat(judge.difference(asked("same", -1, probes("text", .8)), AnswerJudgeTest::neverAsked))
                .isEmpty();
    }

    private static BisectedStack.Asked neverAsked() {
        throw new AssertionError("another start was asked");
    }

    private static List<BisectedStack.Asked> noisy() {
        return IntStream.range(0, 8)
                .mapToObj(i -> asked("same", -1 - .001 * (i + 1)))
                .toList();
    }

    private static BisectedStack.Asked asked(String text, double logprob) {
        return asked(text, logprob, Probes.none());
    }

    private static BisectedStack.Asked asked(String text, double logprob, Probes probes) {
        List<Sample> samples = IntStream.range(0, 10)
                .mapToObj(i -> Answers.answered(new SampleKey("s", "c" + i, 0), text, logprob))
                .toList();
        RunLog log = Runs.log("a", samples);
        Map<Layer, LayerState> layers = new EnumMap<>(Layer.class);
        for (Layer layer : Layer.values()) {
            layers.put(layer, LayerState.notApplicable());
        }
        return new BisectedStack.Asked(new Lock("s", layers), probes, log, Path.of("log"), Duration.ZERO);
    }

    private static Probes probes(String text, double temperature) {
        Map<String, JsonNode> sampling = Map.of("temperature", DoubleNode.valueOf(temperature));
        return new Probes(new TreeMap<>(Map.of("plain", new Probes.Rendered(text, "ids", 3))), new TreeMap<>(sampling));
    }
}
