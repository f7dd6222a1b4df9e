package dev.lockstep.cli;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.job.LockedStack;
import dev.lockstep.job.RunRequest;
import dev.lockstep.lock.Lock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows the approved baseline. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Show the approved baseline of the lock in force, and what its noise allows to conclude.",
        footer = {"", "Example: lockstep baseline show --stack baselines/tiny-qwen3-vl"},
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class BaselineShowCommand implements Callable<Integer> {
    @Mixin
    private StoreOptions stack = new StoreOptions();

    @Mixin
    private WorkplaceOptions place = new WorkplaceOptions();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        RunRequest request = stack.request();
        Lock lock = LockedStack.readLock(request.folder().lock());
        Baseline baseline = BaselineCommand.store(request, place.workplace(output.terminal()::say))
                .approved(lock.id())
                .orElseThrow(() -> new LockstepException(
                        ErrorKind.BASELINE,
                        request.folder().baseline() + ": no baseline is approved for " + lock.id()
                                + "; record one with `lockstep baseline record`, then approve it"));
        output.print(BaselineCommand.text(baseline), () -> BaselineCommand.json(baseline));
        return ExitCode.OK;
    }
}
