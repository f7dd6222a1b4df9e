package dev.lockstep.cli;

import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.BaselineStore;
import dev.lockstep.job.LockedStack;
import dev.lockstep.job.RunRequest;
import dev.lockstep.lock.Lock;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Approves runs. */
@Command(
        name = "approve",
        mixinStandardHelpOptions = true,
        description = "Make recorded runs the baseline of the lock in force, with the noise measured between them.",
        footer = {
            "",
            "Example: lockstep baseline approve --stack baselines/tiny-qwen3-vl --by ada --why 'first baseline'"
        },
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class BaselineApproveCommand implements Callable<Integer> {
    @Mixin
    private StoreOptions stack = new StoreOptions();

    @Mixin
    private WorkplaceOptions place = new WorkplaceOptions();

    @Mixin
    private Output output = new Output();

    @Option(names = "--by", required = true, paramLabel = "NAME", description = "Who vouches for these runs.")
    private String by = "";

    @Option(names = "--why", required = true, paramLabel = "TEXT", description = "Why this is what is wanted.")
    private String why = "";

    @Option(names = "--run", paramLabel = "ID", description = "A run to approve; default: all that are recorded.")
    private @Nullable List<String> runs;

    @Override
    public Integer call() {
        RunRequest request = stack.request();
        Lock lock = LockedStack.readLock(request.folder().lock());
        BaselineStore store = BaselineCommand.store(request, place.workplace(output.terminal()::say));
        List<String> chosen = runs == null ? store.recorded(lock.id()) : runs;
        Baseline baseline = store.approve(lock, chosen, by, why);
        output.print(BaselineCommand.text(baseline), () -> BaselineCommand.json(baseline));
        return ExitCode.OK;
    }
}
