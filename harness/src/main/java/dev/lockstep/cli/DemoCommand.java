package dev.lockstep.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.job.Workplace;
import dev.lockstep.report.VerdictJson;
import dev.lockstep.report.VerdictSummary;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tells the whole story on the embedded stack. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "Start the embedded stack, lock it, record a baseline, pass a night; then change one thing at a time behind "
                        + "the same model name and show each verdict. Takes under four minutes after downloads.",
        footer = {"", "Example: ${ROOT-COMMAND-NAME} demo"},
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class DemoCommand implements Callable<Integer> {
    @Mixin
    private WorkplaceOptions place = new WorkplaceOptions();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        Terminal terminal = output.terminal();
        Workplace workplace = place.workplace(terminal);
        DemoStory story =
                new DemoStory(workplace, WorkplaceOptions.scripts().resolveSibling("baselines"), suites(), terminal);
        DemoTable table = Interruption.guard(story::tell, story::stop);
        output.print("\n" + table.text() + "\n\n" + String.join("\n", story.ending()), () -> json(table));
        table.surprises().forEach(terminal::say);
        return exitCode(table);
    }

    static int exitCode(DemoTable table) {
        return table.surprises().isEmpty() ? ExitCode.OK : ExitCode.BUG;
    }

    private static Path suites() {
        return WorkplaceOptions.scripts().resolveSibling("suites");
    }

    private static ArrayNode json(DemoTable table) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        for (DemoRow row : table.rows()) {
            VerdictSummary actual = VerdictJson.read(row.verdictFile());
            ObjectNode node = rows.addObject().put("change", row.change()).put("expected", row.expectedVerdict());
            node.put("verdict", actual.verdict()).put("exitCode", actual.exitCode());
            ArrayNode layers = node.putArray("layers");
            actual.layers().forEach(layer -> layers.add(layer.key()));
            node.put("file", row.verdictFile().toString());
        }
        return rows;
    }
}
