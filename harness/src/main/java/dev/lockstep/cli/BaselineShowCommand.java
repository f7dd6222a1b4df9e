package dev.lockstep.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.baseline.Baseline;
import dev.lockstep.baseline.BaselineRun;
import dev.lockstep.baseline.BaselineStore;
import dev.lockstep.baseline.RunManifest;
import dev.lockstep.baseline.StackFolder;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.job.LockedStack;
import dev.lockstep.lock.LockId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows the approved baseline. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Show the approved baseline of the lock in force and what its noise allows to conclude, "
                + "and the recorded runs that nobody approved yet, each with its scores.",
        footer = {"", "Example: ${ROOT-COMMAND-NAME} baseline show --stack baselines/tiny-qwen3-vl"},
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class BaselineShowCommand implements Callable<Integer> {
    @Mixin
    private StackOptions stack = new StackOptions();

    @Mixin
    private WorkplaceOptions place = new WorkplaceOptions();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        StackFolder folder = stack.folder(stack.config());
        LockId lock = LockedStack.readLock(folder.lock()).id();
        BaselineStore store = place.workplace(output.terminal()).baselines(folder);
        Optional<Baseline> approved = store.approved(lock);
        List<RunManifest> others = others(store.manifests(lock), approved);
        if (approved.isEmpty() && others.isEmpty()) {
            throw nothing(folder, lock);
        }
        output.print(text(lock, approved, others), () -> json(lock, approved, others));
        return ExitCode.OK;
    }

    private static List<RunManifest> others(List<RunManifest> recorded, Optional<Baseline> approved) {
        Set<String> known = approved.stream()
                .flatMap(baseline -> baseline.runs().stream())
                .map(BaselineRun::runId)
                .collect(Collectors.toSet());
        return recorded.stream()
                .filter(run -> !known.contains(run.header().runId()))
                .toList();
    }

    private LockstepException nothing(StackFolder folder, LockId lock) {
        List<String> record = new ArrayList<>(List.of("baseline", "record"));
        record.addAll(stack.words());
        record.addAll(List.of("--suites", "SUITES"));
        return new LockstepException(
                ErrorKind.BASELINE,
                folder.baseline() + ": no baseline is approved for " + lock + ", and no run is recorded; record with `"
                        + output.invocation().line(record) + "`, then approve");
    }

    private static String text(LockId lock, Optional<Baseline> approved, List<RunManifest> others) {
        List<String> lines = new ArrayList<>();
        lines.add(approved.map(BaselineCommand::text).orElse("no baseline is approved for " + lock));
        if (!others.isEmpty()) {
            lines.add("recorded, not approved:");
            others.forEach(run -> lines.add(RecordedRuns.line(run)));
        }
        return String.join("\n", lines);
    }

    private static ObjectNode json(LockId lock, Optional<Baseline> approved, List<RunManifest> others) {
        ObjectNode node = approved.map(BaselineCommand::json)
                .orElseGet(() -> JsonNodeFactory.instance.objectNode().put("lockId", lock.value()));
        node.set(
                "notApproved",
                BaselineCommand.array(
                        others.stream().map(run -> run.header().runId()).toList()));
        return node;
    }
}
