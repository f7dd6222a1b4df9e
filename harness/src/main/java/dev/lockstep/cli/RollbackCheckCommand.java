package dev.lockstep.cli;

import dev.lockstep.job.Rollback;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says whether an earlier lock can be served again. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description =
                "Say whether an earlier lock can be served again: its files, image, engine, launch, what it renders and answers, "
                        + "and its baseline. A stack that Lockstep starts is started beside what runs, and ended again.",
        footer = {
            "",
            "Exit codes: 0 READY, 3 DEGRADED, 2 IMPOSSIBLE; each part says what is wrong with it, and what to do.",
            "Example: ${ROOT-COMMAND-NAME} rollback check last-good \\",
            "           --stack baselines/tiny-qwen3-vl"
        },
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class RollbackCheckCommand implements Callable<Integer> {
    @Mixin
    private RollbackOptions rollback = new RollbackOptions();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        RollbackText told = new RollbackText(
                Rollback.check(rollback.request(), rollback.place().workplace(output.terminal())));
        output.print(told.text(), told::json);
        return told.exitCode();
    }
}
