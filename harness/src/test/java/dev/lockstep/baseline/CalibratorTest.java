package dev.lockstep.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import dev.lockstep.testing.Answers;
import dev.lockstep.testing.Runs;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two runs of ten cases, each asked three times. */
final class CalibratorTest {
    private static final List<SampleKey> KEYS = IntStream.range(0, 10)
            .boxed()
            .flatMap(each -> IntStream.range(0, 3).mapToObj(time -> new SampleKey("text", "c" + each, time)))
            .toList();
    private static final ScoreTable RIGHT = Runs.scores(KEYS, List.of());

    @Test
    void counts_copies_of_an_answer_once() {
        assertThat(scores(key -> "7", RIGHT)).isEqualTo(new Calibration("L4", 2, 10, 10, 0));
    }

    @Test
    void counts_every_other_answer_to_the_same_case() {
        assertThat(scores(key -> "answer " + key.repetition(), RIGHT)).isEqualTo(new Calibration("L4", 2, 30, 30, 0));
        assertThat(scores(key -> "answer " + key.repetition() / 2, RIGHT))
                .isEqualTo(new Calibration("L4", 2, 20, 20, 0));
    }

    @Test
    void overlooks_no_copy_that_does_not_repeat() {
        ScoreTable lost = Runs.scores(KEYS.subList(0, 29), KEYS.subList(29, 30));

        assertThat(scores(key -> "7", lost)).isEqualTo(new Calibration("L4", 2, 30, 30, 1));
    }

    @Test
    void takes_refusals_of_one_case_for_copies() {
        List<Sample> refused = KEYS.stream().map(Answers::refused).toList();

        assertThat(calibrate(refused, RIGHT)).isEqualTo(new Calibration("L4", 2, 10, 10, 0));
    }

    private static Calibration scores(Function<SampleKey, String> answers, ScoreTable later) {
        return calibrate(
                KEYS.stream()
                        .map(key -> Answers.answered(key, answers.apply(key), -1))
                        .toList(),
                later);
    }

    private static Calibration calibrate(List<Sample> samples, ScoreTable later) {
        return new Calibrator(List.of(Runs.run("a", samples, RIGHT), Runs.run("b", samples, later))).scores();
    }
}
