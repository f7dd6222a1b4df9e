package dev.lockstep.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.lockstep.suite.EvalCase;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the cases of suites. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "List the cases that a run would ask, each with its repetitions, tags, file and line.",
        footer = {"", "Example: ${ROOT-COMMAND-NAME} list --suites suites/tiny-text"},
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class ListCommand implements Callable<Integer> {
    @Mixin
    private SuiteOptions suites = new SuiteOptions();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        List<EvalCase> cases = suites.cases();
        output.print(cases.stream().map(ListCommand::line).collect(Collectors.joining("\n")), () -> json(cases));
        return ExitCode.OK;
    }

    private static String line(EvalCase evalCase) {
        return String.format(
                Locale.ROOT,
                "%-44s %d×  %-32s %s",
                evalCase.path(),
                evalCase.seeds().size(),
                String.join(",", evalCase.tags()),
                evalCase.position());
    }

    private static ArrayNode json(List<EvalCase> cases) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (EvalCase evalCase : cases) {
            var node = array.addObject()
                    .put("case", evalCase.path())
                    .put("repetitions", evalCase.seeds().size())
                    .put("hash", evalCase.hash())
                    .put("position", evalCase.position().toString());
            evalCase.tags().forEach(node.putArray("tags")::add);
        }
        return array;
    }
}
