package dev.lockstep.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.baseline.AliasMove;
import dev.lockstep.baseline.Aliases;
import dev.lockstep.job.Rollback;
import dev.lockstep.job.RollbackReport;
import dev.lockstep.job.RollbackRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Moves an alias to an earlier lock. */
@Command(
        name = "to",
        mixinStandardHelpOptions = true,
        description =
                "Check an earlier lock as `rollback check` does, and move an alias to it: one line of aliases.yaml. Nothing else "
                        + "is changed or started; what serves the alias follows.",
        footer = {
            "",
            "Exit codes: 0 the alias stands for the lock now, 2 the check says IMPOSSIBLE and nothing was written.",
            "Example: ${ROOT-COMMAND-NAME} rollback to last-good --alias prod \\",
            "           --stack baselines/tiny-qwen3-vl"
        },
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class RollbackToCommand implements Callable<Integer> {
    @Mixin
    private RollbackOptions rollback = new RollbackOptions();

    @Option(names = "--alias", paramLabel = "NAME", defaultValue = "prod", description = "Default: ${DEFAULT-VALUE}.")
    private String alias = "prod";

    @Option(names = "--force", description = "Move it although the check says IMPOSSIBLE.")
    private boolean force;

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        RollbackRequest request = rollback.request();
        AliasMove move = Aliases.read(request.inForce().folder()).move(alias, request.lock());
        RollbackText told =
                new RollbackText(Rollback.check(request, rollback.place().workplace(output.terminal()::say)));
        boolean isRefused = told.report().state() == RollbackReport.State.IMPOSSIBLE && !force;
        if (!isRefused && move.changes()) {
            move.write();
        }
        output.print(told.text() + "\n" + outcome(move, isRefused), () -> json(told, move, isRefused));
        return isRefused ? ExitCode.LOCK_BROKEN : ExitCode.OK;
    }

    private String outcome(AliasMove move, boolean isRefused) {
        if (isRefused) {
            return "nothing was written; mend what is IMPOSSIBLE, or move '" + alias + "' all the same with --force";
        }
        return move.changes()
                ? move.diff() + "\nmoved; commit it, for a repository remembers who moved it: git add " + move.file()
                : "'" + alias + "' stands for this lock already; nothing was written";
    }

    private ObjectNode json(RollbackText told, AliasMove move, boolean isRefused) {
        return told.json()
                .put("alias", alias)
                .put("moved", !isRefused && move.changes())
                .put("file", move.file().toString())
                .put("line", move.line())
                .put("before", move.before())
                .put("after", move.after());
    }
}
