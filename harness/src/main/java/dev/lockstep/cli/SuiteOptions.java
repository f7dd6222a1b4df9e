package dev.lockstep.cli;

import dev.lockstep.score.Scorers;
import dev.lockstep.suite.EvalCase;
import dev.lockstep.suite.Suite;
import dev.lockstep.suite.Suites;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Options that say what is asked. */
final class SuiteOptions {

    @Option(
            names = "--suites",
            paramLabel = "PATH",
            required = true,
            arity = "1..*",
            description = "Suite files, or folders with files suite.yaml at any depth.")
    private List<Path> paths = new ArrayList<>();

    List<Suite> read() {
        return Suites.readAll(paths, Scorers.standard());
    }

    /** Returns these options as the user gave them. */
    List<String> words() {
        List<String> words = new ArrayList<>(List.of("--suites"));
        paths.forEach(path -> words.add(path.toString()));
        return words;
    }

    /** Returns the cases of all suites, in their order. */
    List<EvalCase> cases() {
        return read().stream().map(Suite::cases).flatMap(List::stream).toList();
    }
}
