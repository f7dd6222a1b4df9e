package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    static List<CommandLine> commands() {
        List<CommandLine> all = new ArrayList<>();
        collect(Main.commandLine(), all);
        return all;
    }

    private static void collect(CommandLine command, List<CommandLine> all) {
        all.add(command);
        command.getSubcommands().values().forEach(each -> collect(each, all));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_command_has_help_with_a_description_and_an_example(CommandLine command) {
        String help = command.getUsageMessage();

        assertThat(command.getCommandSpec().usageMessage().description())
                .as(help)
                .isNotEmpty();
        assertThat(help).contains("--help");
        assertThat(help).containsAnyOf("Example: lockstep", "Start with: lockstep");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_command_answers_wrong_usage_with_64(CommandLine command) {
        assertThat(command.getCommandSpec().exitCodeOnInvalidInput()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void names_the_subcommands_when_none_is_given() {
        assertThat(run("baseline")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).startsWith("lockstep baseline needs one of: record, approve, show");
    }

    @Test
    void rejects_an_unknown_option() {
        assertThat(run("verify", "--stack", "x", "--fast")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).startsWith("Unknown option: '--fast'");
    }

    @Test
    void reports_a_stack_that_is_not_there() {
        assertThat(run("verify", "--stack", "no-such-folder")).isEqualTo(ExitCode.USAGE);
        assertThat(err).hasToString("no-such-folder:1:1: there is no such file; check the path\n");
    }

    private int run(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
