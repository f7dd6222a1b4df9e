package dev.lockstep.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.lock.Mirror;
import dev.lockstep.stack.ModelTree;
import dev.lockstep.stack.ModelTrees;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says whether a copy of a model is the same as another. */
@Command(
        name = "mirror",
        mixinStandardHelpOptions = true,
        description = "Compare all files of two copies of a model. Each is a folder, the URL of a hub's list of files "
                + "(https://HOST/api/models/REPO/tree/REVISION), such a list saved as JSON, or a lock.",
        footer = {
            "",
            "Exit codes: 0 IN_SYNC; 2 WEIGHTS_ONLY, CONFIG_ONLY, OUT_OF_SYNC or MISSING_REVISION; 4 UNREACHABLE.",
            "Example: ${ROOT-COMMAND-NAME} lock mirror models/qwen3-vl tree.json",
            "         ${ROOT-COMMAND-NAME} lock mirror stack.lock.json models/copy"
        },
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class LockMirrorCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "FIRST", description = "A copy, such as the one that was approved.")
    private @Nullable String first;

    @Parameters(index = "1", paramLabel = "SECOND", description = "Another copy, such as a mirror.")
    private @Nullable String second;

    @Option(
            names = "--token-env",
            paramLabel = "HOST=NAME",
            description = "The environment variable with the bearer token for a host; it is sent to no other.")
    private Map<String, String> tokens = new TreeMap<>();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        ModelTrees trees = new ModelTrees(tokens, System.getenv());
        ModelTree one = trees.read(Objects.requireNonNull(first));
        Mirror mirror = ModelTree.compare(one, trees.read(Objects.requireNonNull(second)));
        output.print(text(mirror), () -> json(mirror));
        return switch (mirror.state()) {
            case IN_SYNC -> ExitCode.OK;
            case WEIGHTS_ONLY, CONFIG_ONLY, OUT_OF_SYNC, MISSING_REVISION -> ExitCode.LOCK_BROKEN;
            case UNREACHABLE -> ExitCode.UNREACHABLE;
        };
    }

    private static String text(Mirror mirror) {
        List<String> lines = new ArrayList<>();
        mirror.differences()
                .forEach(each -> lines.add(String.format(
                        Locale.ROOT, "%-13s %s: %s", word(each.part()), each.path(), words(each.kind()))));
        lines.add(mirror.state() + ": " + meaning(mirror));
        return String.join("\n", lines);
    }

    private static String word(Mirror.Part part) {
        return part.name().toLowerCase(Locale.ROOT);
    }

    private static String words(Mirror.Kind kind) {
        return switch (kind) {
            case DIFFERS -> "differs";
            case ONLY_IN_FIRST -> "missing in the second";
            case ONLY_IN_SECOND -> "only in the second";
            case INCOMPARABLE -> "listed by SHA-256 on one side and by git's id on the other; compare a folder";
        };
    }

    private static String meaning(Mirror mirror) {
        return switch (mirror.state()) {
            case IN_SYNC -> "all files that an engine loads are the same";
            case WEIGHTS_ONLY -> "the weights are the same, configuration, tokenizer or templates are not";
            case CONFIG_ONLY -> "all but the weights is the same";
            case OUT_OF_SYNC -> "neither the weights nor the rest are the same";
            case MISSING_REVISION, UNREACHABLE -> mirror.why();
        };
    }

    private static ObjectNode json(Mirror mirror) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("state", mirror.state().name())
                .put("why", mirror.why());
        ArrayNode files = node.putArray("differences");
        mirror.differences()
                .forEach(each -> files.addObject()
                        .put("path", each.path())
                        .put("part", each.part().name())
                        .put("kind", each.kind().name()));
        return node;
    }
}
