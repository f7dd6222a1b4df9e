package dev.lockstep.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.lockstep.lock.LockDiff;
import dev.lockstep.lock.LockFile;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what differs between two locks. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = "Say layer by layer what differs between two lock files.",
        footer = {
            "",
            "Exit codes: 0 whether they differ or not; with --exit-code 1 when their ids differ.",
            "Example: ${ROOT-COMMAND-NAME} lock diff locks/lk1-….json stack.lock.json"
        },
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class LockDiffCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "BEFORE", description = "A lock file.")
    private @Nullable Path before;

    @Parameters(index = "1", paramLabel = "AFTER", description = "Another lock file.")
    private @Nullable Path after;

    @Option(names = "--exit-code", description = "End with 1 when the ids differ, as git diff does.")
    private boolean exitCode;

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        LockDiff diff = LockDiff.between(
                LockFile.read(Objects.requireNonNull(before)), LockFile.read(Objects.requireNonNull(after)));
        output.print(text(diff), () -> json(diff));
        return exitCode && !diff.sameId() ? ExitCode.DIFFERENT : ExitCode.OK;
    }

    private static String text(LockDiff diff) {
        if (diff.changes().isEmpty()) {
            return "the locks are equal";
        }
        String changes = diff.changes().stream()
                .map(change -> String.format(
                        Locale.ROOT,
                        "%-19s %-9s %s: %s",
                        change.layer(),
                        change.state(),
                        change.field(),
                        change.values()))
                .collect(Collectors.joining("\n"));
        return diff.sameId() ? changes + "\nthe ids are equal: only observed values differ" : changes;
    }

    private static ArrayNode json(LockDiff diff) {
        ArrayNode changes = JsonNodeFactory.instance.arrayNode();
        diff.changes()
                .forEach(change -> changes.addObject()
                        .put("layer", change.layer().key())
                        .put("state", change.state())
                        .put("field", change.field())
                        .put("before", change.before())
                        .put("after", change.after()));
        return changes;
    }
}
