package dev.lockstep.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.lock.Layer;
import dev.lockstep.lock.LayerState;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.LockFile;
import dev.lockstep.run.RunHeader;
import dev.lockstep.run.RunLog;
import dev.lockstep.run.RunLogWriter;
import dev.lockstep.run.SampleKey;
import dev.lockstep.testing.Answers;
import dev.lockstep.testing.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BaselineStoreTest {
    private static final SampleKey PRINT = new SampleKey("prints", "p", 0);
    private static final SampleKey SCORED = new SampleKey("text", "t", 0);
    private static final Lock LOCK = lock();

    @TempDir
    private Path folder;

    private StackFolder stack = new StackFolder(Path.of("."));
    private BaselineStore store = new BaselineStore(stack, new DirectoryObjectStore(Path.of(".")));

    @BeforeEach
    void open() {
        stack = new StackFolder(folder.resolve("stack"));
        store = new BaselineStore(stack, new DirectoryObjectStore(folder.resolve("objects")));
    }

    @Test
    void tells_when_runs_of_another_plan_would_take_the_place_of_the_approved_ones() {
        record("run-1", "plan-1", -1);
        store.approve(LOCK, List.of("run-1"), "ada", "first");
        record("run-2", "plan-2", -1);

        store.requireSamePlan(LOCK.id(), List.of("run-1"));
        assertThatThrownBy(() -> store.requireSamePlan(LOCK.id(), List.of("run-1", "run-2")))
                .isInstanceOf(LockstepException.class)
                .hasMessageEndingWith(
                        ": the approved baseline has 2 cases, run run-2 has 2 of another plan, and would take"
                                + " its place; record all suites together and approve those runs, or drop the approved ones with"
                                + " --replace");
    }

    @Test
    void gives_back_the_approved_runs_with_their_samples_and_noise() {
        record("run-1", "plan", -1);
        record("run-2", "plan", -1.5);

        store.approve(LOCK, store.recorded(LOCK.id()), "ada", "first");
        Baseline baseline = store.approved(LOCK.id()).orElseThrow();

        assertThat(baseline.runs()).extracting(BaselineRun::runId).containsExactly("run-1", "run-2");
        assertThat(baseline.first().log().samples().keySet()).containsExactly(PRINT, SCORED);
        assertThat(baseline.first().manifest().scores().isRight(SCORED)).isTrue();
        assertThat(baseline.calibrations())
                .containsExactly(
                        new Calibration("L1", 2, 1, 1, 0),
                        new Calibration("L2", 2, 1, 1, 1),
                        new Calibration("L4", 2, 1, 1, 0));
        assertThat(baseline.approvedBy()).isEqualTo("ada");
        assertThat(LockFile.read(stack.approvedLock(LOCK.id()))).isEqualTo(LOCK);
    }

    @Test
    void keeps_the_runs_of_strata_and_their_noise_apart() {
        record("run-1", "plan", -1, "engine.version=1");
        record("run-2", "plan", -2, "engine.version=2");
        record("run-3", "plan", -1, "engine.version=1");
        record("run-4", "plan", -2, "engine.version=2");

        store.candidates(LOCK.id(), store.recorded(LOCK.id())).requireOneBehaviour();
        store.approve(LOCK, store.recorded(LOCK.id()), "ada", "both versions");
        Baseline baseline = store.approved(LOCK.id()).orElseThrow();

        assertThat(baseline.calibrations()).contains(new Calibration("L2", 2, 1, 1, 0));
        Baseline second = baseline.within("engine.version=2").orElseThrow();
        assertThat(second.runs()).extracting(BaselineRun::runId).containsExactly("run-2", "run-4");
        assertThat(second.calibrations()).contains(new Calibration("L2", 2, 1, 1, 0));
        assertThat(baseline.within("engine.version=3")).isEmpty();
        assertThat(baseline.within("")).isEmpty();
        assertThat(second.within("engine.version=2")).contains(second);
    }

    @Test
    void writes_the_same_bytes_for_the_same_run() throws IOException {
        record("run-1", "plan", -1);
        String first = manifest("run-1");
        record("run-1", "plan", -1);

        assertThat(manifest("run-1")).isEqualTo(first);
    }

    @Test
    void has_no_baseline_before_approval_and_none_for_another_lock() {
        record("run-1", "plan", -1);
        assertThat(store.approved(LOCK.id())).isEmpty();

        store.approve(LOCK, List.of("run-1"), "ada", "first");

        assertThat(store.approved(new Lock("other", LOCK.layers()).id())).isEmpty();
    }

    @Test
    void refuses_to_approve_nothing() {
        assertThatThrownBy(() -> store.approve(LOCK, List.of(), "ada", "first"))
                .isInstanceOf(LockstepException.class)
                .hasMessage("no run is recorded under " + LOCK.id() + "; start with `lockstep baseline record`");
    }

    @Test
    void refuses_runs_of_different_plans() {
        record("run-1", "plan", -1);
        record("run-2", "another", -1);

        assertThatThrownBy(() -> store.approve(LOCK, store.recorded(LOCK.id()), "ada", "first"))
                .isInstanceOf(LockstepException.class)
                .hasMessage("the runs under " + LOCK.id()
                        + " followed 2 different plans; approve the runs of one plan with --run, or record again");
    }

    @Test
    void tells_a_change_that_the_lock_does_not_see_from_noise() {
        record("run-1", "plan", -1);
        record("run-2", "plan", -1);
        record("run-3", "plan", -2);
        record("run-4", "plan", -2);

        assertThatThrownBy(() -> store.candidates(LOCK.id(), List.of("run-4", "run-1", "run-3", "run-2"))
                        .requireOneBehaviour())
                .isInstanceOfSatisfying(
                        LockstepException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.BASELINE))
                .hasMessage("the fingerprints of run-1 to run-2 (2 runs) are equal bit by bit, so are those of run-3 to"
                        + " run-4 (2 runs), but they are not those of the former: something changed between them that the"
                        + " lock does not see, and that is no noise. Find out what, then approve the runs of one group,"
                        + " each named with --run; or all of them, as noise, with --mixed");
        store.candidates(LOCK.id(), List.of("run-3", "run-4")).requireOneBehaviour();
        assertThat(store.approve(LOCK, store.recorded(LOCK.id()), "ada", "mixed")
                        .calibration("L2")
                        .noise())
                .isEqualTo(Calibration.Noise.NOISY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "11", "1112", "1212", "112211", "1234567", "11232"})
    void takes_what_comes_back_or_never_repeats_for_noise(String answers) {
        for (int run = 0; run < answers.length(); run++) {
            record("run-" + run, "plan", '0' - answers.charAt(run));
        }

        assertThatCode(() ->
                        store.candidates(LOCK.id(), store.recorded(LOCK.id())).requireOneBehaviour())
                .doesNotThrowAnyException();
    }

    @Test
    void calls_runs_of_different_plans_by_that_before_it_looks_for_a_change() {
        record("run-1", "plan", -1);
        record("run-2", "another", -1);

        assertThatThrownBy(() ->
                        store.candidates(LOCK.id(), store.recorded(LOCK.id())).requireOneBehaviour())
                .hasMessageStartingWith("the runs under " + LOCK.id() + " followed 2 different plans; ");
    }

    @Test
    void refuses_runs_of_one_server_start() {
        record("run-1", "plan", -1);

        assertThatThrownBy(() -> store.approve(LOCK, List.of("run-1", "run-1"), "ada", "first"))
                .isInstanceOf(LockstepException.class)
                .hasMessage("2 runs share 1 server starts; noise is shared inside a start, so approve one run of each");
    }

    @Test
    void refuses_runs_that_were_asked_under_different_load() {
        record("run-1", "plan", -1);
        record("run-2", "plan", -1, OptionalInt.of(4));
        store.approve(LOCK, store.recorded(LOCK.id()), "ada", "one of them does not tell");
        record("run-3", "plan", -1, OptionalInt.of(1));

        assertThatThrownBy(() -> store.approve(LOCK, store.recorded(LOCK.id()), "ada", "first"))
                .isInstanceOfSatisfying(
                        LockstepException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.BASELINE))
                .hasMessage(
                        "the runs were asked with a concurrency of 1 and 4, and how many requests a server answers at once"
                                + " decides its noise; approve those of one, each named with --run, or record again");
    }

    @Test
    void tells_on_which_days_its_runs_were_asked() {
        record("run-20261121T101010.000Z", "plan", -1);
        record("run-20261121T111111.000Z", "plan", -1);
        record("run-20261123T101010.000Z", "plan", -1);

        assertThat(store.approve(LOCK, store.recorded(LOCK.id()), "ada", "first")
                        .days())
                .containsExactly(LocalDate.of(2026, 11, 21), LocalDate.of(2026, 11, 23));
    }

    @Test
    void refuses_a_run_that_was_recorded_under_another_lock() throws IOException {
        record("run-1", "plan", -1);
        Path manifest = stack.runs(LOCK.id()).resolve("run-1.json");
        Files.writeString(manifest, Files.readString(manifest).replace(LOCK.id().value(), Runs.LOCK_ID));

        assertThatThrownBy(() -> store.approve(LOCK, List.of("run-1"), "ada", "first"))
                .isInstanceOfSatisfying(
                        LockstepException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.BASELINE))
                .hasMessage(manifest + ": was recorded under " + Runs.LOCK_ID + ", but lies under " + LOCK.id()
                        + "; move it back or record again");
    }

    @Test
    void notices_altered_and_missing_samples() throws IOException {
        record("run-1", "plan", -1);
        String digest =
                RunManifest.read(stack.runs(LOCK.id()).resolve("run-1.json")).samples();
        Path object = folder.resolve("objects").resolve(digest.substring(0, 2)).resolve(digest);

        Files.writeString(object, "altered");
        assertThatThrownBy(() -> store.approve(LOCK, List.of("run-1"), "ada", "first"))
                .isInstanceOf(LockstepException.class)
                .hasMessageStartingWith(object + ": holds bytes with digest ")
                .hasMessageEndingWith("; it was altered, record the baseline again");

        Files.delete(object);
        assertThatThrownBy(() -> store.approve(LOCK, List.of("run-1"), "ada", "first"))
                .isInstanceOf(LockstepException.class)
                .hasMessage(object
                        + ": the samples of a baseline run are not in this object store; copy this file from the machine"
                        + " that recorded them, where it lies as " + digest.substring(0, 2) + "/" + digest
                        + " under `objects` of LOCKSTEP_HOME, or record again");
    }

    private String manifest(String runId) throws IOException {
        return Files.readString(stack.runs(LOCK.id()).resolve(runId + ".json"));
    }

    private void record(String runId, String plan, double logprob, OptionalInt atOnce) {
        record(runId, plan, logprob, atOnce, "");
    }

    private void record(String runId, String plan, double logprob, String stratum) {
        record(runId, plan, logprob, OptionalInt.empty(), stratum);
    }

    private void record(String runId, String plan, double logprob) {
        record(runId, plan, logprob, OptionalInt.empty(), "");
    }

    private void record(String runId, String plan, double logprob, OptionalInt atOnce, String stratum) {
        RunHeader header = new RunHeader(
                runId,
                plan,
                new TreeMap<>(Map.of(PRINT.casePath(), "h1", SCORED.casePath(), "h2")),
                new TreeMap<>(Map.of("exact", 1)),
                LOCK.id().value(),
                "epoch-" + runId,
                "",
                atOnce,
                stratum);
        Path file = folder.resolve(runId + ".jsonl");
        deleteIfExists(file);
        try (RunLogWriter writer = RunLogWriter.create(file, header)) {
            writer.append(Answers.answered(PRINT, "x", logprob));
            writer.append(Answers.answered(SCORED, "7", logprob));
        }
        ScoreTable scores = Runs.scores(List.of(SCORED), List.of());
        store.record(RunLog.read(file), file, scores);
    }

    private static void deleteIfExists(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Lock lock() {
        Map<Layer, LayerState> layers = new EnumMap<>(Layer.class);
        for (Layer layer : Layer.values()) {
            layers.put(layer, LayerState.notApplicable());
        }
        return new Lock("tiny", layers);
    }
}
