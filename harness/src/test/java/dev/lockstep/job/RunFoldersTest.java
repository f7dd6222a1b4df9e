package dev.lockstep.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.lockstep.run.Plan;
import dev.lockstep.run.Profile;
import dev.lockstep.run.RequestTemplate;
import dev.lockstep.run.RunHeader;
import dev.lockstep.run.RunLogWriter;
import dev.lockstep.run.Sample;
import dev.lockstep.run.SampleKey;
import dev.lockstep.stack.Epochs;
import dev.lockstep.testing.Answers;
import dev.lockstep.testing.Cases;
import dev.lockstep.testing.Runs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RunFoldersTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T01:02:03.004Z"), ZoneOffset.UTC);
    private static final Plan PLAN = plan(3);
    private static final String EPOCH = "start-1";
    private static final Sample ANSWERED = Answers.answered(new SampleKey("words", "w-01", 0), "w-01", -1);
    private static final Sample FAILED = Answers.failed(new SampleKey("words", "w-02", 0));

    @TempDir
    Path folder;

    private RunFolders folders;

    @BeforeEach
    void open() {
        folders = new RunFolders(folder.resolve("runs"), CLOCK);
    }

    @Test
    void names_a_run_by_its_start_and_numbers_those_of_the_same_moment() {
        assertThat(List.of(folders.create(), folders.create(), folders.create()))
                .extracting(RunFolder::runId)
                .containsExactly(
                        "run-20261122T010203.004Z", "run-20261122T010203.004Z-1", "run-20261122T010203.004Z-2");
        assertThat(folder.resolve("runs/run-20261122T010203.004Z-2")).isEmptyDirectory();
    }

    @Test
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void says_that_a_file_is_in_the_way() throws IOException {
        Files.createFile(folder.resolve("runs"));

        assertThatThrownBy(folders::create)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage(folder.resolve("runs") + ": cannot be created");
    }

    @Test
    void finds_the_newest_run_that_was_cut_short() {
        cutShort(header(PLAN, Runs.LOCK_ID, EPOCH), ANSWERED);
        RunFolder newest = cutShort(header(PLAN, Runs.LOCK_ID, EPOCH), ANSWERED);

        assertThat(unfinished()).containsExactly(newest);
    }

    @Test
    void finds_one_that_was_killed_before_its_first_sample() {
        RunFolder run = cutShort(header(PLAN, Runs.LOCK_ID, EPOCH));

        assertThat(unfinished()).containsExactly(run);
    }

    @Test
    void finds_nothing_where_there_is_no_run() {
        assertThat(unfinished()).isEmpty();

        folders.create();

        assertThat(unfinished()).as("a run that wrote no log").isEmpty();
    }

    @Test
    void looks_past_runs_that_must_not_be_resumed() throws IOException {
        RunFolder wanted = cutShort(asking(1, header(PLAN, Runs.LOCK_ID, EPOCH)), ANSWERED);
        cutShort(header(plan(4), Runs.LOCK_ID, EPOCH), ANSWERED);
        cutShort(header(PLAN, "lk1-" + "1".repeat(64), EPOCH), ANSWERED);
        cutShort(header(PLAN, Runs.LOCK_ID, "start-2"), ANSWERED);
        cutShort(asking(4, header(PLAN, Runs.LOCK_ID, EPOCH)), ANSWERED);
        cutShort(header(PLAN, Runs.LOCK_ID, EPOCH), ANSWERED, FAILED);
        Files.createFile(cutShort(header(PLAN, Runs.LOCK_ID, EPOCH)).verdict());
        Files.createFile(cutShort(header(PLAN, Runs.LOCK_ID, EPOCH)).recorded());

        assertThat(unfinished()).containsExactly(wanted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"oops", "{\"kind\":\"sample\"", "\u0000", "{}", "{\"kind\":\"sample\"}"})
    void leaves_a_log_alone_that_cannot_be_read(String line) throws IOException {
        RunFolder broken = cutShort(header(PLAN, Runs.LOCK_ID, EPOCH), ANSWERED);
        Files.writeString(broken.log(), line + "\n", StandardOpenOption.APPEND);

        assertThat(unfinished()).isEmpty();
    }

    @Test
    void leaves_a_log_alone_that_does_not_begin_as_one() throws IOException {
        for (String text : List.of("", "oops\n", "{\"kind\":\"run\",\"vers", "{\"kind\":\"sample\"}\n", "\u00ff\n")) {
            Files.writeString(folders.create().log(), text, StandardCharsets.ISO_8859_1);
        }

        assertThat(unfinished()).isEmpty();
    }

    @Test
    void resumes_nothing_when_nobody_can_name_the_start() {
        cutShort(header(PLAN, Runs.LOCK_ID, Epochs.UNKNOWN), ANSWERED);

        assertThat(folders.unfinished(PLAN, Runs.LOCK_ID, Epochs.UNKNOWN, 1)).isEmpty();
    }

    private List<RunFolder> unfinished() {
        return folders.unfinished(PLAN, Runs.LOCK_ID, EPOCH, 1).stream().toList();
    }

    private RunFolder cutShort(RunHeader header, Sample... samples) {
        RunFolder run = folders.create();
        try (RunLogWriter writer = RunLogWriter.create(run.log(), header)) {
            for (Sample sample : samples) {
                writer.append(sample);
            }
        }
        return run;
    }

    private static RunHeader header(Plan plan, String lockId, String epoch) {
        return new RunHeader("run", plan.hash(), plan.caseHashes(), plan.scorerVersions(), lockId, epoch, "");
    }

    private static RunHeader asking(int atOnce, RunHeader header) {
        return new RunHeader(
                header.runId(),
                header.planHash(),
                header.caseHashes(),
                header.scorerVersions(),
                header.lockId(),
                header.epoch(),
                header.requestHash(),
                OptionalInt.of(atOnce));
    }

    private static Plan plan(int cases) {
        RequestTemplate template = new RequestTemplate(
                "tiny", JsonNodeFactory.instance.objectNode(), RequestTemplate.VideoStyle.VIDEO_URL);
        return new Plan(List.of(Cases.words(cases)), template, Profile.NIGHTLY);
    }
}
