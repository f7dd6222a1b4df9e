package dev.lockstep.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.lockstep.document.LockstepException;
import dev.lockstep.testing.Answers;
import dev.lockstep.testing.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunLogTest {
    private static final SampleKey FIRST = new SampleKey("text", "add-01", 0);
    private static final SampleKey SECOND = new SampleKey("text", "add-02", 1);
    private static final RunHeader HEADER = new RunHeader(
            "run-1",
            "plan-hash",
            new TreeMap<>(Map.of("text/add-01", "h1", "text/add-02", "h2")),
            new TreeMap<>(Map.of("exact", 1)),
            "lk1-" + "0".repeat(64),
            "epoch-1",
            "request-hash",
            OptionalInt.of(4));

    @TempDir
    private Path folder;

    @Test
    void gives_back_what_was_written() {
        Path file = write(Answers.answered(FIRST, "7", -0.005416851956397295), Answers.failed(SECOND));

        RunLog log = RunLog.read(file);

        assertThat(log.header()).isEqualTo(HEADER);
        assertThat(log.samples().get(SECOND)).isEqualTo(Answers.failed(SECOND));
        assertThat(log.samples().keySet()).containsExactly(FIRST, SECOND);
        assertThat(body(log)).contains("-0.005416851956397295");
    }

    @Test
    void reads_a_log_that_does_not_tell_in_which_way_it_was_asked() throws IOException {
        Path file = write(Answers.answered(FIRST, "7", -1));
        Files.writeString(file, Files.readString(file).replace("\"requestHash\":\"request-hash\",", ""));

        RunHeader header = RunLog.read(file).header();

        assertThat(header.requestHash()).isEmpty();
        assertThat(header.isAskedUnlike(HEADER)).isFalse();
        assertThat(HEADER.isAskedUnlike(header)).isFalse();
        assertThat(HEADER.isAskedUnlike(HEADER)).isFalse();
    }

    @Test
    void gives_back_what_was_asked_beside_a_sample() {
        Sample forced = Answers.answered(FIRST, Answers.body("8", -1), Answers.following("7", -2.5));

        RunLog log = RunLog.read(write(forced));

        assertThat(log.samples().values())
                .flatExtracting(Sample::forced)
                .extracting(each -> each.half() + " " + each.follows())
                .containsExactly("DECODE [55]");
        assertThat(log.samples().values())
                .flatExtracting(sample -> sample.answer().orElseThrow().scored())
                .extracting(token -> token.text() + " " + token.logprob())
                .containsExactly("7 -2.5");
    }

    @Test
    void reads_a_log_that_does_not_tell_how_many_requests_were_under_way() throws IOException {
        Path file = write(Answers.answered(FIRST, "7", -1));
        String text = Files.readString(file);
        Files.writeString(file, text.replaceFirst("\"concurrency\":4,?", "").replace(",}", "}"));
        RunHeader untold = RunLog.read(file).header();
        Files.writeString(file, text.replace("\"concurrency\":4", "\"concurrency\":1"));
        RunHeader one = RunLog.read(file).header();

        assertThat(untold.concurrency()).isEmpty();
        assertThat(untold.isAskedUnderOtherLoadThan(HEADER)).isFalse();
        assertThat(HEADER.isAskedUnderOtherLoadThan(untold)).isFalse();
        assertThat(HEADER.isAskedUnderOtherLoadThan(HEADER)).isFalse();
        assertThat(HEADER.isAskedUnderOtherLoadThan(one)).isTrue();
    }

    @Test
    void knows_the_day_of_a_run_from_its_id() {
        assertThat(Runs.log("run-20261122T235959.999Z-2", List.of()).header().day())
                .contains(LocalDate.of(2026, 11, 22));
        assertThat(HEADER.day()).isEmpty();
    }

    @Test
    void keeps_a_body_that_is_no_json() {
        Sample sample = Answers.answered(FIRST, "<html>bad gateway</html>");

        assertThat(body(RunLog.read(write(sample)))).isEqualTo("<html>bad gateway</html>");
    }

    @Test
    void ends_with_what_a_verdict_needs_and_the_newest_end_counts() {
        Path file = folder.resolve("run.jsonl");
        RunEnd end = new RunEnd(
                JsonNodeFactory.instance.objectNode().put("stack", "s"),
                JsonNodeFactory.instance.arrayNode().add("check"),
                List.of("hardware"),
                List.of("gone"),
                JsonNodeFactory.instance.arrayNode().add("trend"));
        try (RunLogWriter writer = RunLogWriter.create(file, HEADER)) {
            writer.append(Answers.answered(FIRST, "7", -1));
            writer.appendEnd(new RunEnd(
                    JsonNodeFactory.instance.objectNode(),
                    JsonNodeFactory.instance.arrayNode(),
                    List.of(),
                    List.of(),
                    JsonNodeFactory.instance.arrayNode()));
            writer.appendEnd(end);
        }

        RunLog log = RunLog.read(file);

        assertThat(log.end()).contains(end);
        assertThat(log.samples()).hasSize(1);
    }

    @Test
    void has_no_end_while_the_run_goes_on() {
        assertThat(RunLog.read(write(Answers.answered(FIRST, "7", -1))).end()).isEmpty();
    }

    @Test
    void refuses_a_line_of_unknown_kind() throws IOException {
        Path file = write(Answers.answered(FIRST, "7", -1));
        Files.writeString(file, "{\"kind\":\"note\"}\n", StandardOpenOption.APPEND);

        assertThatThrownBy(() -> RunLog.read(file))
                .isInstanceOf(LockstepException.class)
                .hasMessage(file + ":3: 'kind' is 'note', expected sample, repeat, confirm, control or end");
    }

    @Test
    void keeps_repeats_apart_from_planned_samples() {
        Path file = folder.resolve("run.jsonl");
        try (RunLogWriter writer = RunLogWriter.create(file, HEADER)) {
            writer.append(Answers.answered(FIRST, "7", -1));
            writer.appendRepeat(Answers.answered(FIRST, "8", -1));
        }

        RunLog log = RunLog.read(file);

        assertThat(log.samples()).hasSize(1);
        assertThat(log.repeats()).hasSize(1);
    }

    @Test
    void keeps_fresh_answers_in_their_order_and_apart_from_all_others() {
        Path file = folder.resolve("run.jsonl");
        List<Sample> fresh = List.of(answer(SECOND), answer(FIRST), answer(SECOND));
        try (RunLogWriter writer = RunLogWriter.create(file, HEADER)) {
            writer.append(answer(FIRST));
            fresh.forEach(writer::appendConfirm);
        }

        RunLog log = RunLog.read(file);

        assertThat(log.confirms()).extracting(Sample::key).containsExactly(SECOND, FIRST, SECOND);
        assertThat(log.samples()).containsOnlyKeys(FIRST);
        assertThat(log.repeats()).isEmpty();
        assertThat(log.withConfirms(fresh).confirms()).hasSize(6);
        assertThat(log.of(List.of(answer(SECOND))).samples()).containsOnlyKeys(SECOND);
        assertThat(log.of(List.of(answer(SECOND))).confirms()).isEmpty();
    }

    @Test
    void takes_refusals_at_the_end_for_behaviour_only_when_the_controls_end_as_before() {
        SampleKey last = new SampleKey("text", "z-4", 0);
        List<Sample> refused = IntStream.range(0, 5)
                .mapToObj(i -> Answers.refused(new SampleKey("text", "z-" + i, 0)))
                .toList();
        RunLog bare = RunLog.read(log(refused, List.of()));

        assertThat(bare.endsInRefusals()).isTrue();
        assertThat(bare.toControl()).containsExactly(FIRST, last);
        assertThat(bare.endsInOutage()).as("nobody asked again").isTrue();
        assertThat(RunLog.read(log(refused, List.of(answer(FIRST), Answers.refused(last))))
                        .endsInOutage())
                .isFalse();
        assertThat(RunLog.read(log(refused, List.of(answer(FIRST), answer(last))))
                        .endsInOutage())
                .as("what was refused is answered by now")
                .isTrue();
        assertThat(RunLog.read(log(refused, List.of(Answers.refused(FIRST), Answers.refused(last))))
                        .endsInOutage())
                .as("what was answered is refused by now")
                .isTrue();
    }

    @Test
    void refuses_a_control_of_what_was_never_asked() {
        Path file = log(List.of(), List.of(answer(SECOND)));

        assertThatThrownBy(() -> RunLog.read(file))
                .isInstanceOf(LockstepException.class)
                .hasMessage(file + ":3: control '" + SECOND + "' was not asked before; the log cannot be trusted");
    }

    private static Sample answer(SampleKey key) {
        return Answers.answered(key, "7", -1);
    }

    /** Writes an answer to the first key, and what came after it. */
    private Path log(List<Sample> more, List<Sample> controls) {
        Path file = folder.resolve(more.size() + "-" + controls.hashCode() + ".jsonl");
        try (RunLogWriter writer = RunLogWriter.create(file, HEADER)) {
            writer.append(answer(FIRST));
            more.forEach(writer::append);
            controls.forEach(writer::appendControl);
        }
        return file;
    }

    @Test
    void drops_a_torn_last_line_and_goes_on_behind_the_last_whole_one() throws IOException {
        Path file = write(Answers.answered(FIRST, "7", -1));
        Files.writeString(file, "{\"kind\":\"sample\",\"key\":\"te", StandardOpenOption.APPEND);

        RunLog torn = RunLog.read(file);
        try (RunLogWriter writer = RunLogWriter.resume(file).orElseThrow()) {
            writer.append(Answers.answered(SECOND, "9", -1));
        }

        assertThat(torn.samples().keySet()).containsExactly(FIRST);
        assertThat(RunLog.read(file).samples().keySet()).containsExactly(FIRST, SECOND);
    }

    @Test
    void drops_a_line_that_was_torn_inside_a_character() throws IOException {
        Path file = write(Answers.answered(FIRST, "7", -1));
        byte[] half = {'{', '"', (byte) 0xc3};
        Files.write(file, half, StandardOpenOption.APPEND);

        assertThat(RunLog.read(file).samples().keySet()).containsExactly(FIRST);
    }

    @Test
    void leaves_a_log_alone_that_somebody_is_writing() {
        Path file = folder.resolve("run.jsonl");
        try (RunLogWriter writer = RunLogWriter.create(file, HEADER)) {
            writer.append(Answers.answered(FIRST, "7", -1));

            assertThat(RunLogWriter.resume(file)).isEmpty();
        }
        assertThat(RunLog.read(file).samples()).hasSize(1);
    }

    @Test
    void rejects_a_key_that_is_there_twice() {
        Path file = write(Answers.answered(FIRST, "7", -1), Answers.answered(FIRST, "8", -1));

        assertThatThrownBy(() -> RunLog.read(file))
                .isInstanceOf(LockstepException.class)
                .hasMessage(file + ":3: key 'text/add-01/0' is there twice; the log cannot be trusted");
    }

    @Test
    void rejects_a_line_in_the_middle_that_is_broken() throws IOException {
        Path file = write(Answers.answered(FIRST, "7", -1));
        Files.writeString(file, "oops\n", StandardOpenOption.APPEND);

        assertThatThrownBy(() -> RunLog.read(file))
                .isInstanceOf(LockstepException.class)
                .hasMessageStartingWith(file + ":3: is not JSON: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"kind\":\"sample\"}\n",
                "{\n  \"schema\": \"verdict/1\"\n}\n",
                "{\"kind\":\"run\",\"version\":2}\n"
            })
    void rejects_a_file_that_is_no_run_log(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("other.jsonl"), text);

        assertThatThrownBy(() -> RunLog.read(file))
                .isInstanceOf(LockstepException.class)
                .hasMessage(file + ": is no run log, which starts with a header line of kind 'run' and version 1;"
                        + " expected `run.jsonl` in the folder of a run");
    }

    @Test
    void says_which_file_is_a_run_log_where_there_is_none() {
        assertThatThrownBy(() -> RunLog.read(folder.resolve("run.jsonl")))
                .isInstanceOf(LockstepException.class)
                .hasMessage(folder.resolve("run.jsonl")
                        + ": there is no run log; expected `run.jsonl` in the folder of a run that was asked anything");
        assertThatThrownBy(() -> RunLog.read(folder))
                .isInstanceOf(LockstepException.class)
                .hasMessage(folder + ": cannot be read: Is a directory; expected `run.jsonl` in the folder of a run");
    }

    @Test
    void reads_a_header_alone() throws IOException {
        assertThat(RunLog.readHeader(write())).contains(HEADER);
        assertThat(RunLog.readHeader(Files.writeString(folder.resolve("torn"), "{\"kind\":\"ru")))
                .isEmpty();
        assertThat(RunLog.readHeader(Files.createFile(folder.resolve("empty")))).isEmpty();
    }

    private static String body(RunLog log) {
        return log.samples().values().iterator().next().exchange().body();
    }

    private Path write(Sample... samples) {
        Path file = folder.resolve("run.jsonl");
        try (RunLogWriter writer = RunLogWriter.create(file, HEADER)) {
            for (Sample sample : samples) {
                writer.append(sample);
            }
        }
        return file;
    }
}
