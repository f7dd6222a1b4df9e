package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.job.Invocation;
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
        collect(Main.commandLine(new Invocation("scripts/lockstep")), all);
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
        assertThat(help).containsAnyOf("Example: scripts/lockstep ", "Start with: scripts/lockstep ");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_example_keeps_its_lines(CommandLine command) {
        assertThat(command.getUsageMessage().lines().dropWhile(line -> !line.startsWith("Example: ")))
                .allMatch(line -> line.startsWith("Example: ") || line.startsWith("         "));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_command_answers_wrong_usage_with_64(CommandLine command) {
        assertThat(command.getCommandSpec().exitCodeOnInvalidInput()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void names_the_subcommands_when_none_is_given() {
        assertThat(run("baseline")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).startsWith("scripts/lockstep baseline needs one of: record, approve, show");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_command_shows_its_help_by_itself(CommandLine command) {
        List<String> words =
                new ArrayList<>(List.of(command.getCommandSpec().qualifiedName().split(" ", -1)));
        words.add("--help");

        assertThat(run(words.subList(1, words.size()).toArray(String[]::new))).isZero();
        assertThat(out.toString()).contains("Usage: scripts/", "Print version information");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void names_a_mistyped_option_before_what_is_missing() {
        assertThat(run("run", "--stak", "x", "--suites", "y", "--sore=z")).isEqualTo(ExitCode.USAGE);
        assertThat(err).hasToString("""
                unknown option '--stak'; did you mean '--stack'?
                unknown option '--sore'; did you mean '--store'?
                for all options: scripts/lockstep run --help
                """);
    }

    @Test
    void never_takes_a_mistyped_option_for_a_value() {
        assertThat(run("list", "--suites", "x", "--jsn")).isEqualTo(ExitCode.USAGE);
        assertThat(err).hasToString("""
                unknown option '--jsn'; did you mean '--json'?
                for all options: scripts/lockstep list --help
                """);
    }

    @Test
    void lists_the_options_when_none_is_near() {
        assertThat(run("suite", "check", "x", "--quickly")).isEqualTo(ExitCode.USAGE);
        assertThat(err).hasToString("""
                unknown option '--quickly'; known: --help, --json, --version, -V, -h
                for all options: scripts/lockstep suite check --help
                """);
    }

    @Test
    void names_what_is_missing() {
        assertThat(run("run")).isEqualTo(ExitCode.USAGE);
        assertThat(err).hasToString("""
                Missing required options: '--stack=DIR', '--suites=PATH'
                for all options: scripts/lockstep run --help
                """);
    }

    @Test
    void names_a_mistyped_command() {
        assertThat(run("baseline", "recrd")).isEqualTo(ExitCode.USAGE);
        assertThat(err).hasToString("""
                unknown command 'recrd'; did you mean 'record'?
                for all options: scripts/lockstep baseline --help
                """);
    }

    @Test
    void names_a_word_too_many() {
        assertThat(run("verify", "--stack", "my", "stack")).isEqualTo(ExitCode.USAGE);
        assertThat(err).hasToString("""
                'stack' is one word too many; quote values that hold blanks
                for all options: scripts/lockstep verify --help
                """);
    }

    @Test
    void lock_asks_for_a_stack_only_when_it_locks() {
        assertThat(run("lock")).isEqualTo(ExitCode.USAGE);
        assertThat(run("lock", "diff", "no-such.json", "x")).isEqualTo(ExitCode.USAGE);
        assertThat(err).hasToString("""
                Missing required option: '--stack=DIR'
                for all options: scripts/lockstep lock --help
                no-such.json: there is no such file; check the path
                """);
    }

    @Test
    void reports_a_stack_that_is_not_there() {
        assertThat(run("verify", "--stack", "no-such-folder")).isEqualTo(ExitCode.USAGE);
        assertThat(err).hasToString("no-such-folder: there is no such file; check the path\n");
    }

    private int run(String... arguments) {
        return Main.commandLine(new Invocation("scripts/lockstep"))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
