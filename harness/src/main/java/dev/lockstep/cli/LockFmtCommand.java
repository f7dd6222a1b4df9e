package dev.lockstep.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.lock.LockFile;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts a lock file into its one spelling. */
@Command(
        name = "fmt",
        mixinStandardHelpOptions = true,
        description =
                "Write a lock file in its one canonical spelling, or check that it is. Exit code 64 when --check finds another.",
        footer = {"", "Example: ${ROOT-COMMAND-NAME} lock fmt --check stack.lock.json"},
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class LockFmtCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "A lock file.")
    private @Nullable Path file;

    @Option(names = "--check", description = "Change nothing, only say whether it would.")
    private boolean check;

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        Path path = Objects.requireNonNull(file);
        if (check) {
            LockFile.read(path);
            output.print(path + " is canonical", () -> result(path));
            return ExitCode.OK;
        }
        LockFile.write(path, LockFile.readAnySpelling(path));
        output.print("wrote " + path, () -> result(path));
        return ExitCode.OK;
    }

    private static ObjectNode result(Path path) {
        return JsonNodeFactory.instance.objectNode().put("file", path.toString());
    }
}
