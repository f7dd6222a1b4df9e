package dev.lockstep.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.baseline.ScoreTable;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import dev.lockstep.job.RunFolder;
import dev.lockstep.job.Scoring;
import dev.lockstep.run.RunLog;
import dev.lockstep.suite.EvalCase;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Scores a run log again. */
@Command(
        name = "rescore",
        mixinStandardHelpOptions = true,
        description = "Score the answers of a run log again, without asking any server.",
        footer = {"", "Example: ${ROOT-COMMAND-NAME} rescore RUN/run.jsonl --suites suites"},
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class RescoreCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "LOG",
            description = "The run.jsonl of a run, or its folder, below runs/ of LOCKSTEP_HOME.")
    private @Nullable Path log;

    @Mixin
    private SuiteOptions suites = new SuiteOptions();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        List<EvalCase> cases = suites.cases();
        RunLog run = RunLog.read(RunFolder.logAt(Objects.requireNonNull(log)));
        requireSameCases(run, cases);
        ScoreTable table = new Scoring(cases).score(run).table();
        output.print(text(table), () -> json(table));
        return ExitCode.OK;
    }

    private static void requireSameCases(RunLog run, List<EvalCase> cases) {
        Map<String, String> now = cases.stream().collect(Collectors.toMap(EvalCase::path, EvalCase::hash));
        List<String> others = run.header().caseHashes().entrySet().stream()
                .filter(asked -> !asked.getValue().equals(now.get(asked.getKey())))
                .map(Map.Entry::getKey)
                .toList();
        if (!others.isEmpty()) {
            throw new LockstepException(
                    ErrorKind.CONFIG,
                    others.size() + " cases of the log are missing in these suites, or were changed since, first "
                            + others.getFirst() + "; name the suites as they were asked");
        }
    }

    private static String text(ScoreTable table) {
        return table.scores().keySet().stream()
                .filter(key -> !table.scores().getOrDefault(key, List.of()).isEmpty())
                .map(key -> String.format(Locale.ROOT, "%-44s %.3f", key, table.value(key)))
                .collect(Collectors.joining("\n"));
    }

    private static ObjectNode json(ScoreTable table) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        table.scores().keySet().stream()
                .filter(key -> !table.scores().getOrDefault(key, List.of()).isEmpty())
                .forEach(key -> node.put(key.toString(), table.value(key)));
        return node;
    }
}
