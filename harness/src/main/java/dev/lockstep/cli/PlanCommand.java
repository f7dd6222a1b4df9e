package dev.lockstep.cli;

import dev.lockstep.gate.GatePolicy;
import dev.lockstep.gate.Goal;
import dev.lockstep.job.Planning;
import dev.lockstep.job.Plans;
import dev.lockstep.job.RunRequest;
import dev.lockstep.run.Plan;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what a run will cost and see, before it is asked. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description =
                "Say what a run of these suites costs, the smallest change it finds, how surely an unchanged stack "
                        + "passes, and how many samples a smaller loss would take. Asks no server; it knows the noise from the approved baseline.",
        footer = {
            "",
            "Example: ${ROOT-COMMAND-NAME} plan --stack baselines/tiny-qwen3-vl --suites suites \\",
            "           --effect 2pp --power 0.8"
        },
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class PlanCommand implements Callable<Integer> {
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

    @Option(
            names = "--effect",
            paramLabel = "LOSS",
            defaultValue = "2pp",
            converter = Share.class,
            description = "The loss of mean score to be found, such as 2pp or 0.02; default: ${DEFAULT-VALUE}.")
    private double effect;

    @Option(
            names = "--power",
            paramLabel = "P",
            defaultValue = "0.8",
            converter = Power.class,
            description = "The probability to find it, above 0.5; default: ${DEFAULT-VALUE}.")
    private double power;

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        Goal goal = new Goal(effect, power);
        RunRequest request = server.request(stack, gate.file());
        Plan plan = Plans.of(request.stack(), suites.read(), profile.or(request.policy()));
        Planning planning = Planning.of(request, plan, goal, place.workplace(output.terminal()::say));
        GatePolicy policy = request.policy().values();
        PlanTable table = new PlanTable(planning, goal, policy.margins().scores());
        output.print(table.text(), table::json);
        return ExitCode.OK;
    }
}
