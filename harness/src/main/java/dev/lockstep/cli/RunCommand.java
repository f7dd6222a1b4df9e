package dev.lockstep.cli;

import dev.lockstep.job.Plans;
import dev.lockstep.job.RegressionRun;
import dev.lockstep.job.RunOutcome;
import dev.lockstep.job.RunRequest;
import dev.lockstep.report.Reports;
import dev.lockstep.report.VerdictJson;
import dev.lockstep.run.Plan;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Verifies a stack, asks it the suites, and judges the answers by its baseline. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Verify the stack, ask it the suites, compare with its approved baseline, and say the verdict. "
                + "The same command resumes a run that was killed.",
        footer = {
            "",
            "Exit codes: 0 PASS, 1 DRIFT, 2 LOCK_BROKEN, 3 INCONCLUSIVE, 4 INVALID, 5 NO_BASELINE.",
            "Example: ${ROOT-COMMAND-NAME} run --stack baselines/tiny-qwen3-vl --suites suites"
        },
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class RunCommand implements Callable<Integer> {
    @Mixin
    private StackOptions stack = new StackOptions();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private SuiteOptions suites = new SuiteOptions();

    @Mixin
    private WorkplaceOptions place = new WorkplaceOptions();

    @Mixin
    private GateOption gate = new GateOption();

    @Mixin
    private ProfileOption profile = new ProfileOption();

    @Mixin
    private TierOption tier = new TierOption();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        Terminal terminal = output.terminal();
        RunRequest request = tier.over(server.request(stack, gate.file()));
        Plan plan = Plans.of(request.stack(), suites.read(), profile.or(request.policy()));
        RunOutcome outcome = RegressionRun.execute(request, plan, place.workplace(terminal), terminal.asked(plan));
        Reports.write(outcome);
        output.print(RunSummary.text(outcome), () -> VerdictJson.node(outcome.result()));
        return outcome.result().verdict().exitCode();
    }
}
