package dev.lockstep.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.lockstep.job.LockRefresh;
import dev.lockstep.job.RunRequest;
import dev.lockstep.lock.LockDiff;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Reads the observed values of a lock anew. */
@Command(
        name = "refresh",
        mixinStandardHelpOptions = true,
        description =
                "Read anew what the live stack says of itself, and write it into stack.lock.json. The id stays; where it would "
                        + "not, nothing is written.",
        footer = {
            "",
            "Exit codes: 0 refreshed, 2 the stack that answers is not the locked one.",
            "Example: ${ROOT-COMMAND-NAME} lock refresh --stack baselines/tiny-qwen3-vl"
        },
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class LockRefreshCommand implements Callable<Integer> {
    @Mixin
    private StackOptions stack = new StackOptions();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private WorkplaceOptions place = new WorkplaceOptions();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        RunRequest request = server.request(stack);
        LockDiff diff = LockRefresh.run(request, place.workplace(output.terminal()));
        String changes = diff.changes().isEmpty()
                ? "every observed value is as it was"
                : LockDiffText.changes(diff) + "\nwritten to "
                        + request.folder().lock();
        output.print(changes, () -> changes(diff));
        return ExitCode.OK;
    }

    private static ArrayNode changes(LockDiff diff) {
        ArrayNode changes = JsonNodeFactory.instance.arrayNode();
        LockDiffText.addChanges(diff, changes);
        return changes;
    }
}
