package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.BaselineRun;
import dev.lockstep.baseline.Calibration;
import dev.lockstep.baseline.RunManifest;
import dev.lockstep.baseline.ScoreTable;
import dev.lockstep.run.RunHeader;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import dev.lockstep.score.Score;
import dev.lockstep.testing.Answers;
import dev.lockstep.testing.Runs;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RecordingSummaryTest {
    private static final Path RUNS = Path.of("/home/runs/mine");
    private static final List<Calibration> PROVED = List.of(Runs.DETERMINISTIC, Runs.LOGPROBS, Runs.SCORES);

    @Test
    void names_scores_answers_and_commands() {
        RecordingSummary summary = new RecordingSummary(
                List.of(run("run-1"), run("run-2")), PROVED, RUNS, new Refusals(List.of()), commands(true));

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
        assertThat(another(false).text()).contains("""
                  run-9  epoch 7:1  scores: tiny-text 0.500, tiny-tools 1.000
                runs: 2 of the 10 that these suites need to know their noise:
                  L2 noisy (2 runs, 106 comparisons, 7 mismatches): a noisy layer needs 7 approved runs, it has 2; record 5 more, 7 runs in all
                  L4 uncalibrated (2 runs, 35 comparisons, 0 mismatches): needs 300 comparisons between runs, it has 35; record 8 more, 10 runs in all
                restart your server, then:
                  lockstep baseline record --stack mine --runs 1
                before you approve""");
    }

    @Test
    void says_how_to_record_all_that_is_missing_where_lockstep_starts_the_server() {
        assertThat(another(true).text()).contains("""
                record the others:
                  lockstep baseline record --stack mine --runs 8
                before you approve""");
    }

    @Test
    void never_keeps_refusals_without_a_word() {
        List<Sample> samples = List.of(
                Answers.answered(new SampleKey("text", "a", 0), "7", -1),
                Answers.refused(new SampleKey("video", "b", 0)),
                Answers.refused(new SampleKey("prints", "c", 0)));
        Refusals refusals = new Refusals(List.of(Runs.log("run-1", samples), Runs.log("run-2", List.of())));

        assertThat(new RecordingSummary(List.of(run("run-1")), PROVED, RUNS, refusals, commands(true)).text())
                .contains("""
                refused samples; approving them makes refusing them right, so mend the stack first unless it is:
                  run-1  refused 2 of 3: prints 1, video 1; first prints/c/0: status 400
                before you approve""");
    }

    @Test
    void says_refusals_where_a_baseline_is_shown() {
        Baseline baseline = Runs.baseline(Runs.run(
                "run-1", List.of(Answers.refused(new SampleKey("video", "b", 0))), Runs.scores(List.of(), List.of())));

        assertThat(BaselineCommand.text(baseline)).contains("""
                refused samples; approving them makes refusing them right, so mend the stack first unless it is:
                  run-1  refused 1 of 1: video 1; first video/b/0: status 400
                """);
    }

    @Test
    void says_what_decides_where_noise_does_not() {
        Baseline baseline = Runs.baseline(
                List.of(
                        Runs.DETERMINISTIC,
                        new Calibration("L2", 4, 106, 318, 7),
                        new Calibration("L4", 2, 60, 60, 0),
                        new Calibration("L4", 2, 0, 0, 0)),
                Runs.run("run-1", List.of(), Runs.scores(List.of(), List.of())));

        assertThat(BaselineCommand.text(baseline) + "\n").endsWith("""
                  L1 deterministic (4 runs, 318 comparisons, 0 mismatches)
                  L2 noisy (4 runs, 318 comparisons, 7 mismatches): cannot decide a verdict; a noisy layer needs 7 approved runs, it has 4; record 3 more, 7 runs in all
                  L4 uncalibrated (2 runs, 60 comparisons, 0 mismatches): no change can be told from noise, and a run passes only while no score moves; it needs 300 comparisons between runs, it has 60; record 4 more, 6 runs in all
                  L4 uncalibrated (2 runs, 0 comparisons, 0 mismatches): cannot decide a verdict; no answer of these suites is scored
                runs: 1 of the 7 that this baseline needs to know its noise; record 6 more and approve them together
                """);
    }

    @Test
    void says_on_how_many_days_the_runs_were_asked() {
        assertThat(BaselineCommand.text(asked("run-20261121T101010.000Z", "run-20261121T121212.000Z")))
                .contains(
                        "\ndays: 1, 2026-11-21; noise that differs from day to day is not in it: where answers vary, record"
                                + " some runs on another day\n");
        assertThat(BaselineCommand.text(asked("run-20261121T101010.000Z", "run-20261123T101010.000Z")))
                .contains("\ndays: 2, 2026-11-21 to 2026-11-23\n");
        assertThat(BaselineCommand.json(asked("run-20261121T101010.000Z")).path("days"))
                .hasToString("[\"2026-11-21\"]");
        assertThat(BaselineCommand.text(asked("run-1"))).doesNotContain("days");
    }

    private static Baseline asked(String... runIds) {
        return Runs.baseline(Arrays.stream(runIds)
                .map(runId -> Runs.run(runId, List.of(), Runs.scores(List.of(), List.of())))
                .toArray(BaselineRun[]::new));
    }

    private static RecordingSummary another(boolean restarts) {
        List<Calibration> noise = List.of(
                new Calibration("L1", 2, 0, 0, 0),
                new Calibration("L2", 2, 106, 106, 7),
                new Calibration("L4", 2, 35, 35, 0));
        return new RecordingSummary(List.of(run("run-9")), noise, RUNS, new Refusals(List.of()), commands(restarts));
    }

    private static RecordingSummary.Commands commands(boolean restarts) {
        return new RecordingSummary.Commands(
                "lockstep baseline show --stack mine",
                "lockstep baseline approve --stack mine",
                new RecordingSummary.Again(restarts, runs -> "lockstep baseline record --stack mine --runs " + runs));
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
