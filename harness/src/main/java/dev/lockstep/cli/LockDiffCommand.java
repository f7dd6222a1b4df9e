package dev.lockstep.cli;

import dev.lockstep.baseline.StackFolder;
import dev.lockstep.lock.LayerTable;
import dev.lockstep.lock.Lock;
import dev.lockstep.lock.LockDiff;
import dev.lockstep.lock.LockFile;
import dev.lockstep.lock.TemplateDiff;
import dev.lockstep.lock.TemplateTexts;
import dev.lockstep.lock.TensorStore;
import dev.lockstep.lock.WeightsDiff;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what differs between two locks. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description =
                "Say what differs between two lock files: which layers, then fields, files and arguments, then lines of templates"
                        + " and tensors.",
        footer = {
            "",
            "Exit codes: 0 whether they differ or not; with --exit-code 1 when their ids differ.",
            "Example: ${ROOT-COMMAND-NAME} lock diff locks/lk1-….json stack.lock.json"
        },
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class LockDiffCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "BEFORE", description = "A lock file, or the folder of a stack.")
    private @Nullable Path before;

    @Parameters(index = "1", paramLabel = "AFTER", description = "Another lock file.")
    private @Nullable Path after;

    @Option(names = "--exit-code", description = "End with 1 when the ids differ, as git diff does.")
    private boolean exitCode;

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        Path first = lockFile(Objects.requireNonNull(before));
        Path second = lockFile(Objects.requireNonNull(after));
        Lock earlier = LockFile.read(first);
        Lock later = LockFile.read(second);
        LockDiff diff = LockDiff.between(earlier, later);
        TemplateTexts texts = new TemplateTexts(Stream.of(first, second)
                .map(lock -> StackFolder.ofLock(lock).templates())
                .toList());
        List<TensorStore> tensors =
                Stream.of(first, second).map(TensorStore::of).toList();
        LockDiffText told = new LockDiffText(
                LayerTable.of(earlier, later),
                diff,
                TemplateDiff.between(earlier, later, texts),
                WeightsDiff.between(earlier, later, tensors));
        output.print(told.text(), told::json);
        return exitCode && !diff.sameId() ? ExitCode.DIFFERENT : ExitCode.OK;
    }

    private static Path lockFile(Path given) {
        return Files.isDirectory(given) ? new StackFolder(given).lock() : given;
    }
}
