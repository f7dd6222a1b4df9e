package dev.lockstep.cli;

import dev.lockstep.job.FinishedRun;
import dev.lockstep.job.Plans;
import dev.lockstep.job.RunOutcome;
import dev.lockstep.job.RunRequest;
import dev.lockstep.report.Reports;
import dev.lockstep.report.VerdictJson;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Judges a finished run again from its log. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "Judge a finished run again from its log, and write its reports, without asking any server: "
                + "the same verdict, or what another policy would have said.",
        footer = {
            "",
            "Exit codes: those of the verdict, as `run` has them.",
            "Example: ${ROOT-COMMAND-NAME} report RUN/run.jsonl --to again \\",
            "           --stack baselines/tiny-qwen3-vl --suites suites"
        },
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class ReportCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "LOG",
            description = "The run.jsonl of a run, or its folder, below runs/ of LOCKSTEP_HOME.")
    private @Nullable Path log;

    @Mixin
    private StackOptions stack = new StackOptions();

    @Mixin
    private SuiteOptions suites = new SuiteOptions();

    @Mixin
    private GateOption gate = new GateOption();

    @Mixin
    private WorkplaceOptions place = new WorkplaceOptions();

    @Mixin
    private Output output = new Output();

    @Option(names = "--to", paramLabel = "DIR", required = true, description = "Where verdict and reports are written.")
    private @Nullable Path to;

    @Override
    public Integer call() {
        FinishedRun run = FinishedRun.read(Objects.requireNonNull(log));
        RunRequest request = new ServerOptions().request(stack, gate.file());
        RunOutcome outcome = run.judge(
                request,
                Plans.of(request.stack(), suites.read()),
                place.workplace(output.terminal()),
                Objects.requireNonNull(to));
        Reports.write(outcome);
        output.print(RunSummary.text(outcome), () -> VerdictJson.node(outcome.result()));
        return outcome.result().verdict().exitCode();
    }
}
