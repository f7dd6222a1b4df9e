package dev.lockstep.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.gate.Trend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrendFileTest {
    private static final List<Trend> MONDAY = List.of(new Trend("L4", 2.5, 3));
    private static final List<Trend> TUESDAY = List.of(new Trend("L4", 5, 4), new Trend("L2", .5, 1));

    @TempDir
    Path runs;

    @BeforeEach
    void write() throws IOException {
        TrendFile.write(night("run-20200106T000000.000Z"), "a b", MONDAY);
        TrendFile.write(night("run-20200107T000000.000Z"), "a b", TUESDAY);
    }

    @Test
    void goes_on_from_the_newest_run_before() {
        assertThat(TrendFile.before(runs, "run-20200108T000000.000Z", "a b")).isEqualTo(TUESDAY);
        assertThat(TrendFile.before(runs, "run-20200107T000000.000Z", "a b")).isEqualTo(MONDAY);
    }

    @Test
    void starts_anew_against_another_baseline() {
        assertThat(TrendFile.before(runs, "run-20200108T000000.000Z", "a b c")).isEmpty();
    }

    @Test
    void leaves_out_runs_without_evidence_and_broken_files() throws IOException {
        night("run-20200108T000000.000Z");
        Files.writeString(night("run-20200109T000000.000Z").trend(), "{");

        assertThat(TrendFile.before(runs, "run-20200110T000000.000Z", "a b")).isEqualTo(TUESDAY);
    }

    @Test
    void knows_nothing_before_the_first_run() {
        assertThat(TrendFile.before(runs.resolve("none"), "run-20200108T000000.000Z", "a b"))
                .isEmpty();
        assertThat(TrendFile.before(runs, "run-20200106T000000.000Z", "a b")).isEmpty();
    }

    private RunFolder night(String name) throws IOException {
        return new RunFolder(Files.createDirectories(runs.resolve(name)));
    }
}
