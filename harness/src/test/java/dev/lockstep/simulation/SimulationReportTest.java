package dev.lockstep.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.stats.Proportion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulationReportTest {
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @Test
    void writes_every_table_in_a_quick_run() throws IOException {
        int exit = run(folder.toString(), "--quick");

        assertThat(exit).isZero();
        assertThat(Files.readString(folder.resolve("statistics.md")))
                .startsWith("# The statistics, simulated\n")
                .contains("the repetitions: the figures mean nothing.")
                .containsSubsequence(
                        "\n## Rules on scores\n",
                        "\n## Rules on scores under an epoch effect\n",
                        "\n## Rules on outputs\n",
                        "\n## Exact tests and the epoch effect\n",
                        "\n## Calibration on whole runs\n",
                        "\n## What L2 finds\n",
                        "\n## What L1 finds\n",
                        "\n## What L3 finds\n",
                        "\n## What L4 finds\n",
                        "\n## A fixed baseline makes false alarms repeat\n",
                        "\n## What a confirmation is worth\n",
                        "\n## The whole decision on unchanged nights\n",
                        "\n## P(PASS | unchanged)\n",
                        "\n## Bounds\n")
                .doesNotContain("NaN");
    }

    @Test
    void gives_the_same_chapter_on_any_number_of_threads() {
        Effort effort = new Effort(7, true);

        Chapter here = new PeerScoreNights().run(effort);
        Chapter alone;
        try (ForkJoinPool pool = new ForkJoinPool(1)) {
            alone = pool.submit(() -> new PeerScoreNights().run(effort)).join();
        }

        assertThat(here).isEqualTo(alone);
        assertThat(new PeerScoreNights().run(new Effort(8, true))).isNotEqualTo(here);
    }

    @Test
    void names_every_figure_out_of_bounds() {
        List<Figure> figures = List.of(
                Figure.atMost("false alarms", .0612, .05),
                Figure.atLeast("power", .9312, .95),
                Figure.atLeast("other power", .96, .95));

        int exit = SimulationReport.check(List.of(new Chapter("", "", List.of(), figures)), stream());

        assertThat(exit).isEqualTo(70);
        assertThat(messages.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "simulation: out of bounds: false alarms: 0.0612, expected at most 0.0500",
                        "simulation: out of bounds: power: 0.9312, expected at least 0.9500");
    }

    @Test
    void is_content_with_figures_on_their_bounds() {
        List<Figure> figures = List.of(Figure.atMost("", .05, .05), Figure.atLeast("", .95, .95));

        assertThat(SimulationReport.check(List.of(new Chapter("", "", List.of(), figures)), stream()))
                .isZero();
        assertThat(messages.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void refuses_what_it_does_not_know() throws IOException {
        assertThat(run()).isEqualTo(64);
        assertThat(run("--quick")).isEqualTo(64);
        assertThat(run("folder", "--fast")).isEqualTo(64);
        assertThat(messages.toString(StandardCharsets.UTF_8).lines())
                .last()
                .isEqualTo("simulation: expected an output folder, then nothing or --quick, not [folder, --fast]");
    }

    @Test
    void writes_tables_in_markdown() {
        Table table = new Table("What is counted.", List.of("rule", "rate"), List.of(List.of("z", "0.050")));

        assertThat(table.markdown()).isEqualTo("""
                        What is counted.

                        | rule | rate |
                        | --- | --- |
                        | z | 0.050 |
                        """);
    }

    @Test
    void breaks_paragraphs_into_lines() {
        String words = "word ".repeat(40);

        assertThat(Prose.wrapped(words).lines().map(String::length)).containsExactly(129, 69);
        assertThat(Prose.wrapped(" one\n  two ")).isEqualTo("one two");
        assertThat(Prose.wrapped("x".repeat(140) + " y")).isEqualTo("x".repeat(140) + "\ny");
    }

    @Test
    void writes_numbers_with_fixed_decimals() {
        assertThat(Numbers.plain(.0002)).isEqualTo("0.0002");
        assertThat(Numbers.plain(3)).isEqualTo("3");
        assertThat(Numbers.plain(100)).isEqualTo("100");
        assertThat(Numbers.rate(new Proportion(81, 263))).isEqualTo("0.308 (0.255–0.366)");
        assertThat(Numbers.fineRate(new Proportion(81, 263))).isEqualTo("0.3080 (0.2553–0.3662)");
    }

    private int run(String... args) throws IOException {
        return SimulationReport.run(List.of(args), stream());
    }

    private PrintStream stream() {
        return new PrintStream(messages, true, StandardCharsets.UTF_8);
    }
}
