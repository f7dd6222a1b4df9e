package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.lockstep.job.Invocation;
import dev.lockstep.lock.HashProgress;
import dev.lockstep.run.Plan;
import dev.lockstep.run.Profile;
import dev.lockstep.run.RequestTemplate;
import dev.lockstep.run.RequestTemplate.VideoStyle;
import dev.lockstep.run.Sample;
import dev.lockstep.testing.Answers;
import dev.lockstep.testing.Cases;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TerminalTest {
    private static final Invocation INVOCATION = new Invocation("scripts/lockstep");
    private static final Spelling SPELLING =
            new Spelling(INVOCATION, Main.commandLine(INVOCATION).getCommandSpec());

    private final StringWriter text = new StringWriter();
    private Instant now = Instant.parse("2026-11-22T00:00:00Z");

    @Test
    void prints_a_line_every_few_seconds_into_a_ci_log() {
        Terminal terminal = new Terminal(new PrintWriter(text), false, () -> now, SPELLING);
        for (int done = 1; done <= 100; done++) {
            terminal.count("asked", done, 100);
            now = now.plusMillis(100);
        }

        assertThat(text.toString().lines()).containsExactly("asked 1/100", "asked 51/100", "asked 100/100");
    }

    @Test
    void counts_the_samples_of_each_run_from_one() {
        now = now.minusSeconds(10);
        Terminal terminal = new Terminal(new PrintWriter(text), false, () -> now, SPELLING);
        Plan plan = new Plan(
                List.of(Cases.words(2)),
                new RequestTemplate("m", JsonNodeFactory.instance.objectNode(), VideoStyle.INPUT_VIDEO),
                Profile.NIGHTLY);

        for (int run = 1; run <= 2; run++) {
            Consumer<Sample> asked = terminal.asked(plan);
            plan.samples().forEach(sample -> asked.accept(Answers.answered(sample.key(), "x", -1)));
            now = now.plusSeconds(5);
        }

        assertThat(text.toString().lines()).containsExactly("asked 1/2", "asked 2/2", "asked 1/2", "asked 2/2");
    }

    @Test
    void tells_nothing_of_samples_that_were_there_before_a_run_was_resumed() {
        now = now.plusSeconds(1);
        Plan plan = new Plan(
                List.of(Cases.words(3)),
                new RequestTemplate("m", JsonNodeFactory.instance.objectNode(), VideoStyle.INPUT_VIDEO),
                Profile.NIGHTLY);
        Consumer<Sample> asked = new Terminal(new PrintWriter(text), false, () -> now, SPELLING).asked(plan);

        plan.samples().forEach(sample -> asked.accept(Answers.answered(sample.key(), "x", -1)));

        assertThat(text.toString().lines()).containsExactly("asked 3/3");
    }

    @Test
    void spells_commands_as_the_user_started_lockstep() {
        new Terminal(new PrintWriter(text), false, () -> now, SPELLING).say("start it with `lockstep stack up`");

        assertThat(text).hasToString("start it with `scripts/lockstep stack up DIR`\n");
    }

    @Test
    void overwrites_one_line_on_a_terminal_and_ends_it_before_the_next() {
        Terminal terminal = new Terminal(new PrintWriter(text), true, () -> now, SPELLING);

        terminal.count("asked", 1, 3);
        terminal.say("three differ");
        now = now.plusSeconds(1);
        terminal.count("asked", 3, 3);

        assertThat(text).hasToString("\rasked 1/3\nthree differ\n\rasked 3/3\n");
    }

    @Test
    void tells_how_fast_files_are_hashed_and_how_long_it_will_take() {
        HashProgress progress = new Terminal(new PrintWriter(text), false, () -> now, SPELLING).hashing();

        for (long done = 0; done <= 20_000_000_000L; done += 1_000_000_000) {
            progress.hashed(done, 20_000_000_000L);
            now = now.plusSeconds(2);
        }

        assertThat(text.toString().lines())
                .containsExactly(
                        "hashed 0.0 of 20.0 GB",
                        "hashed 3.0 of 20.0 GB · 0.50 GB/s · 34 s left",
                        "hashed 6.0 of 20.0 GB · 0.50 GB/s · 28 s left",
                        "hashed 9.0 of 20.0 GB · 0.50 GB/s · 22 s left",
                        "hashed 12.0 of 20.0 GB · 0.50 GB/s · 16 s left",
                        "hashed 15.0 of 20.0 GB · 0.50 GB/s · 10 s left",
                        "hashed 18.0 of 20.0 GB · 0.50 GB/s · 4 s left",
                        "hashed 20.0 of 20.0 GB · 0.50 GB/s");
    }

    @Test
    void tells_a_long_time_in_minutes() {
        assertThat(ByteRate.line(1_000_000_000, 470_000_000_000L, Duration.ofSeconds(1)))
                .isEqualTo("hashed 1.0 of 470.0 GB · 1.00 GB/s · 8 min left");
    }

    @Test
    void says_nothing_of_small_files() {
        HashProgress progress = new Terminal(new PrintWriter(text), false, () -> now, SPELLING).hashing();

        progress.hashed(999_999_999, 999_999_999);

        assertThat(text).hasToString("");
    }

    @Test
    void shorter_line_covers_a_longer_one() {
        Terminal terminal = new Terminal(new PrintWriter(text), true, () -> now, SPELLING);
        HashProgress progress = terminal.hashing();
        now = now.plusSeconds(1);

        progress.hashed(1_000_000_000, 2_000_000_000);
        now = now.plusSeconds(1);
        progress.hashed(2_000_000_000, 2_000_000_000);

        assertThat(text)
                .hasToString(
                        "\rhashed 1.0 of 2.0 GB · 1.00 GB/s · 1 s left\rhashed 2.0 of 2.0 GB · 1.00 GB/s           \n");
    }
}
