package dev.lockstep.cli;

import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.job.BaselineRecording;
import dev.lockstep.job.Plans;
import dev.lockstep.job.RunRequest;
import dev.lockstep.job.Workplace;
import dev.lockstep.suite.Suite;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Records runs. */
@Command(
        name = "record",
        mixinStandardHelpOptions = true,
        description =
                "Ask the suites several times, each on a server start of its own, and keep the runs as candidates.",
        footer = {"", "Example: lockstep baseline record --stack baselines/tiny-qwen3-vl --suites suites --runs 4"},
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class BaselineRecordCommand implements Callable<Integer> {
    @Mixin
    private StackOptions stack = new StackOptions();

    @Mixin
    private SuiteOptions suites = new SuiteOptions();

    @Mixin
    private WorkplaceOptions place = new WorkplaceOptions();

    @Mixin
    private Output output = new Output();

    @Option(
            names = "--runs",
            defaultValue = "4",
            description =
                    "How many runs; 300 comparisons between runs prove determinism, a noisy stack needs 7 runs. Default: ${DEFAULT-VALUE}.")
    private int runs;

    @Override
    public Integer call() {
        if (runs < 1) {
            throw new LockstepException(ErrorKind.CONFIG, "--runs is " + runs + "; expected at least 1");
        }
        RunRequest request = stack.request();
        List<Suite> read = suites.read();
        Workplace workplace = place.workplace(output.terminal()::say);
        List<String> recorded =
                new BaselineRecording(request, workplace).record(() -> Plans.of(request.stack(), read), runs);
        output.print(
                "recorded " + String.join(", ", recorded) + "\nnow look at them, then `lockstep baseline approve`",
                () -> BaselineCommand.array(recorded));
        return ExitCode.OK;
    }
}
