package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.job.Invocation;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Commands in messages, after what the user typed. */
final class SpellingTest {
    private static final Invocation INVOCATION = new Invocation("scripts/lockstep");

    @Test
    void command_gets_the_stack_that_the_user_named() {
        assertThat(spelled("make one with `lockstep lock`", "verify", "--stack", "my stack", "--url", "http://h:1"))
                .isEqualTo("make one with `scripts/lockstep lock --stack 'my stack' --url http://h:1`");
    }

    @Test
    void command_gets_no_option_that_it_does_not_know() {
        assertThat(spelled(
                        "then `lockstep baseline approve`",
                        "run",
                        "--stack",
                        "mine",
                        "--store",
                        "store",
                        "--suites",
                        "a",
                        "b",
                        "--running",
                        "night",
                        "--home",
                        "h"))
                .isEqualTo("then `scripts/lockstep baseline approve --stack mine --store store --home h --by NAME --why"
                        + " TEXT`");
    }

    @Test
    void what_the_user_did_not_give_is_named_as_the_help_names_it() {
        assertThat(spelled("`lockstep baseline record`, `lockstep attest keygen`", "lock", "fmt", "file"))
                .isEqualTo("`scripts/lockstep baseline record --stack DIR --suites PATH`,"
                        + " `scripts/lockstep attest keygen KEY`");
    }

    @Test
    void stack_is_started_by_its_folder_and_under_the_name_that_is_asked() {
        assertThat(spelled("start it with `lockstep stack up`", "verify", "--stack", "mine", "--running", "night"))
                .isEqualTo("start it with `scripts/lockstep stack up mine --name night`");
    }

    @Test
    void command_that_is_whole_stays_as_it_is() {
        assertThat(spelled("`lockstep verify --all`, `lockstep`, `lockstep dance`", "verify", "--stack", "mine"))
                .isEqualTo("`scripts/lockstep verify --all`, `lockstep`, `scripts/lockstep dance`");
    }

    private static String spelled(String message, String... typed) {
        CommandLine command = Main.commandLine(INVOCATION);
        command.parseArgs(typed);
        CommandLine deepest = command;
        for (CommandLine.ParseResult parsed = command.getParseResult();
                parsed.hasSubcommand();
                parsed = parsed.subcommand()) {
            deepest = parsed.subcommand().commandSpec().commandLine();
        }
        return new Spelling(INVOCATION, deepest.getCommandSpec()).of(message);
    }
}
