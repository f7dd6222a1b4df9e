package dev.lockstep.cli;

import dev.lockstep.document.LockstepException;
import dev.lockstep.job.Invocation;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The entry point of the command line. */
@Command(
        name = "lockstep",
        mixinStandardHelpOptions = true,
        versionProvider = PackagedVersion.class,
        description = "Behaviour moves only when the lock moves: locks a model and its whole inference stack, "
                + "and fails the run when behaviour changed without a new lock.",
        footer = {
            "",
            "Exit codes of a verdict: 0 PASS, 1 DRIFT, 2 LOCK_BROKEN, 3 INCONCLUSIVE, 4 INVALID, 5 NO_BASELINE.",
            "Otherwise: 64 wrong usage or unreadable input, 69 something is missing, 70 a bug, 130 interrupted.",
            "",
            "Start with: ${ROOT-COMMAND-NAME} demo",
            "On a server of your own: ${ROOT-COMMAND-NAME} init URL --to DIR"
        },
        exitCodeOnInvalidInput = ExitCode.USAGE,
        subcommands = {
            DemoCommand.class,
            InitCommand.class,
            StackCommand.class,
            LockCommand.class,
            VerifyCommand.class,
            AttestCommand.class,
            SuiteCommand.class,
            ListCommand.class,
            PlanCommand.class,
            RunCommand.class,
            BaselineCommand.class,
            RollbackCommand.class,
            RescoreCommand.class,
            ReportCommand.class
        })
public final class Main extends Group {
    private static final String INTERRUPTED = "interrupted; the same command goes on where this one stopped";

    public static void main(String[] arguments) {
        Invocation invocation = new Invocation(System.getProperty("lockstep.command", "lockstep"));
        System.exit(untilInterrupted(() -> run(invocation, arguments)));
    }

    /** Ctrl-C ends the process with {@value ExitCode#INTERRUPTED}; what was asked until then stays in the run log. */
    private static int untilInterrupted(Supplier<Integer> command) {
        return Interruption.guard(command, () -> System.err.println(INTERRUPTED));
    }

    /** Runs a command and returns its exit code. */
    static int run(Invocation invocation, String... arguments) {
        CommandLine commandLine = commandLine(invocation);
        try {
            return commandLine.execute(arguments);
        } catch (Error e) {
            return bug(e, commandLine.getErr());
        }
    }

    static CommandLine commandLine(Invocation invocation) {
        return new CommandLine(new Main())
                .registerConverter(Path.class, UnusablePath::orPath)
                .setCommandName(invocation.program())
                .setExecutionExceptionHandler((error, command, parsed) ->
                        explain(error, command.getErr(), new Spelling(invocation, command.getCommandSpec())))
                .setParameterExceptionHandler(new UsageMistakes())
                .setUnmatchedOptionsAllowedAsOptionParameters(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true);
    }

    private static int explain(Exception error, PrintWriter err, Spelling spelling) {
        return switch (error) {
            case LockstepException known -> {
                err.println(spelling.of(known.getMessage()));
                yield ExitCode.of(known);
            }
            case InvalidPathException path -> {
                err.println(UnusablePath.explain(path));
                yield ExitCode.USAGE;
            }
            case UncheckedIOException io -> {
                err.println(io.getMessage() + " (" + io.getCause()
                        + "); check the folder's permissions and free space, then start the same command again");
                yield ExitCode.MISSING;
            }
            case CancellationException interrupted -> {
                err.println(INTERRUPTED);
                yield ExitCode.INTERRUPTED;
            }
            default -> bug(error, err);
        };
    }

    private static int bug(Throwable error, PrintWriter err) {
        StringWriter trace = new StringWriter();
        error.printStackTrace(new PrintWriter(trace, true));
        err.println("a bug in Lockstep; please report it with this text:\n" + trace);
        return ExitCode.BUG;
    }
}
