package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.job.Invocation;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        assertRefused("baseline").startsWith("scripts/lockstep baseline needs one of: record, approve, show");
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
        assertRefused("run", "--stak", "x", "--suites", "y", "--sore=z").isEqualTo("""
                unknown option '--stak'; did you mean '--stack'?
                unknown option '--sore'; did you mean '--store'?
                for all options: scripts/lockstep run --help
                """);
    }

    @Test
    void never_takes_a_mistyped_option_for_a_value() {
        assertRefused("list", "--suites", "x", "--jsn").isEqualTo("""
                unknown option '--jsn'; did you mean '--json'?
                for all options: scripts/lockstep list --help
                """);
    }

    @Test
    void lists_the_options_when_none_is_near() {
        assertRefused("suite", "check", "x", "--quickly").isEqualTo("""
                unknown option '--quickly'; known: --help, --json, --version, -V, -h
                for all options: scripts/lockstep suite check --help
                """);
    }

    @Test
    void names_what_is_missing() {
        assertRefused("run").isEqualTo("""
                Missing required options: '--stack=DIR', '--suites=PATH'
                for all options: scripts/lockstep run --help
                """);
    }

    @ParameterizedTest
    @CsvSource({"rescore, --suites suites more RUN", "report, --to again --suites suites more RUN --stack x"})
    void says_which_option_took_the_log(String command, String words) {
        assertRefused((command + " " + words).split(" ", -1)).isEqualTo("""
                LOG is missing: --suites takes every word up to the next option, so 'RUN' is a PATH of it; write LOG before --suites
                for all options: scripts/lockstep COMMAND --help
                """.replace("COMMAND", command));
    }

    @Test
    void names_a_missing_log_that_no_option_took() {
        assertRefused("rescore", "--suites", "suites").isEqualTo("""
                Missing required parameter: 'LOG'
                for all options: scripts/lockstep rescore --help
                """);
    }

    @ParameterizedTest
    @CsvSource({
        "baseline aprove --stack x --by ada, aprove, approve",
        "baseline recrd, recrd, record",
        "stack upp baselines/tiny, upp, up",
        "stack statuss --json, statuss, status",
        "lock dif a b --exit-code, dif, diff",
        "suite chek x, chek, check",
        "verfy --stack x, verfy, verify"
    })
    void names_a_mistyped_command_before_anything_else(String line, String typed, String meant) {
        assertRefused(line.split(" ", -1))
                .startsWith("unknown command '" + typed + "'; did you mean '" + meant + "'?\nknown: ")
                .containsPattern("\nknown: .*\\b" + meant + "\\b.*\nfor all options: scripts/lockstep.* --help\n$");
    }

    @Test
    void lists_the_commands_when_none_is_near() {
        assertRefused("baseline", "undo", "--stack", "x").isEqualTo("""
                unknown command 'undo'
                known: record, approve, show
                for all options: scripts/lockstep baseline --help
                """);
    }

    @Test
    void names_a_word_too_many() {
        assertRefused("verify", "--stack", "my", "stack").isEqualTo("""
                'stack' is one word too many; quote values that hold blanks
                for all options: scripts/lockstep verify --help
                """);
    }

    @Test
    void lock_asks_for_a_stack_only_when_it_locks() {
        assertThat(run("lock")).isEqualTo(ExitCode.USAGE);
        assertRefused("lock", "diff", "no-such.json", "x").isEqualTo("""
                Missing required option: '--stack=DIR'
                for all options: scripts/lockstep lock --help
                no-such.json: there is no such file; check the path
                """);
    }

    @Test
    void reports_a_stack_that_is_not_there() {
        assertRefused("verify", "--stack", "no-such-folder")
                .isEqualTo("no-such-folder: there is no such file; check the path\n");
    }

    /** Runs a command that must be refused, to say what of. */
    private AbstractStringAssert<?> assertRefused(String... arguments) {
        assertThat(run(arguments)).isEqualTo(ExitCode.USAGE);
        return assertThat(err.toString());
    }

    private int run(String... arguments) {
        return Main.commandLine(new Invocation("scripts/lockstep"))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
