package dev.lockstep.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.lockstep.score.Scorers;
import dev.lockstep.suite.Suite;
import dev.lockstep.suite.Suites;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Reads suites and reports every mistake. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description =
                "Read suites and their media, and report every mistake at once with file, line and remedy; asks no server.",
        footer = {"", "Example: ${ROOT-COMMAND-NAME} suite check suites/tiny-text"},
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class SuiteCheckCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "PATH",
            arity = "1..*",
            description = "Suite files, or folders with files suite.yaml at any depth.")
    private List<Path> paths = new ArrayList<>();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        List<Suite> suites = Suites.readAll(paths, Scorers.standard());
        int cases = suites.stream().mapToInt(suite -> suite.cases().size()).sum();
        output.print(
                suites.size() + " suites with " + cases + " cases are sound",
                () -> JsonNodeFactory.instance
                        .objectNode()
                        .put("suites", suites.size())
                        .put("cases", cases));
        return ExitCode.OK;
    }
}
