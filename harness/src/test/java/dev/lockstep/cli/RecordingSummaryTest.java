package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.RunManifest;
import dev.lockstep.baseline.ScoreTable;
import dev.lockstep.run.RunHeader;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import dev.lockstep.score.Score;
import dev.lockstep.testing.Answers;
import dev.lockstep.testing.Runs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RecordingSummaryTest {
    private static final Path RUNS = Path.of("/home/runs/mine");

    @Test
    void names_scores_answers_and_commands() {
        RecordingSummary summary = new RecordingSummary(
                List.of(run("run-1"), run("run-2")), 4, RUNS, new Refusals(List.of()), commands(Optional.empty()));

        assertThat(summary.text()).isEqualTo("""
                recorded:
                  run-1  epoch 7:1  scores: tiny-text 0.500, tiny-tools 1.000
                  run-2  epoch 7:1  scores: tiny-text 0.500, tiny-tools 1.000
                before you approve, look at the answers and at all that is recorded:
                  /home/runs/mine/run-1/run.jsonl
                  /home/runs/mine/run-2/run.jsonl
                  lockstep baseline show --stack mine
                then, if this is how the stack should behave:
                  lockstep baseline approve --stack mine""");
    }

    @Test
    void says_how_to_record_the_next_start_of_a_server_that_lockstep_does_not_restart() {
        assertThat(another(3).text()).contains("""
                starts recorded so far: 3; 4 can prove that answers repeat bit by bit (by 300 comparisons of fingerprints), a noisy stack needs 7. Restart your server, then:
                  lockstep baseline record --stack mine
                before you approve""");
    }

    @Test
    void never_keeps_refusals_without_a_word() {
        List<Sample> samples = List.of(
                Answers.answered(new SampleKey("text", "a", 0), "7", -1),
                Answers.refused(new SampleKey("video", "b", 0)),
                Answers.refused(new SampleKey("prints", "c", 0)));
        Refusals refusals = new Refusals(List.of(Runs.log("run-1", samples), Runs.log("run-2", List.of())));

        assertThat(new RecordingSummary(List.of(run("run-1")), 4, RUNS, refusals, commands(Optional.empty())).text())
                .contains("""
                refused samples; approving them makes refusing them right, so mend the stack first unless it is:
                  run-1  refused 2 of 3: prints 1, video 1; first prints/c/0: status 400
                before you approve""");
    }

    @Test
    void says_refusals_where_a_baseline_is_shown() {
        Baseline baseline = Runs.baseline(
                Runs.DETERMINISTIC,
                Runs.run(
                        "run-1",
                        List.of(Answers.refused(new SampleKey("video", "b", 0))),
                        Runs.scores(List.of(), List.of())));

        assertThat(BaselineCommand.text(baseline)).contains("""
                refused samples; approving them makes refusing them right, so mend the stack first unless it is:
                  run-1  refused 1 of 1: video 1; first video/b/0: status 400
                """);
    }

    @Test
    void asks_for_no_further_start_when_four_are_recorded() {
        assertThat(another(4).text()).doesNotContain("starts recorded so far");
    }

    private static RecordingSummary another(int inAll) {
        return new RecordingSummary(
                List.of(run("run-9")),
                inAll,
                RUNS,
                new Refusals(List.of()),
                commands(Optional.of("lockstep baseline record --stack mine")));
    }

    private static RecordingSummary.Commands commands(Optional<String> again) {
        return new RecordingSummary.Commands(
                "lockstep baseline show --stack mine", "lockstep baseline approve --stack mine", again);
    }

    private static Score score(double value) {
        return new Score("exact@1", value, Score.Outcome.SCORED, "");
    }

    private static RunManifest run(String id) {
        TreeMap<SampleKey, List<Score>> scores = new TreeMap<>(Map.of(
                SampleKey.of("tiny-text/a/0"), List.of(score(1)),
                SampleKey.of("tiny-text/b/0"), List.of(score(0)),
                SampleKey.of("tiny-tools/a/0"), List.of(score(1)),
                SampleKey.of("fingerprint/a/0"), List.of()));
        RunHeader header = new RunHeader(id, "plan", new TreeMap<>(), new TreeMap<>(), "lk1", "7:1", "");
        return new RunManifest(header, new ScoreTable(scores), "0".repeat(64));
    }
}
