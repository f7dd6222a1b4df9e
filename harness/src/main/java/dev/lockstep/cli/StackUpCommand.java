package dev.lockstep.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.stack.LaunchOverrides;
import dev.lockstep.stack.RunningStack;
import dev.lockstep.stack.StackConfigReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Starts one. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description =
                "Start the stack of a stack.yaml that has `launch`: install the engine if it is missing, start the server on a "
                        + "free port of 127.0.0.1, and wait until it is ready.",
        footer = {
            "",
            "Example: ${ROOT-COMMAND-NAME} stack up baselines/tiny-qwen3-vl",
            "         ${ROOT-COMMAND-NAME} stack up baselines/tiny-qwen3-vl --name trial \\",
            "           --set cache_type_k=8"
        },
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class StackUpCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "A folder with stack.yaml, or the file itself.")
    private @Nullable Path stack;

    @Option(names = "--name", paramLabel = "NAME", description = "The name to run it under; default: the stack's own.")
    private @Nullable String name;

    @Option(
            names = "--engine-version",
            paramLabel = "VERSION",
            description = "Another version of the engine than the one in stack.yaml.")
    private @Nullable String version;

    @Option(
            names = "--set",
            paramLabel = "PARAM=VALUE",
            description =
                    "Change an engine parameter for this start; VALUE is JSON or plain text. Repeat it for several.")
    private Map<String, String> params = new LinkedHashMap<>();

    @Mixin
    private WorkplaceOptions place = new WorkplaceOptions();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        var config = StackConfigReader.read(Objects.requireNonNull(stack));
        RunningStack running = StackCommand.stacks(place, output).up(config, overrides());
        output.print(
                running.name() + " is up at " + running.url() + " (pid " + running.pid() + ", log " + running.log()
                        + ")"
                        + running.videoHint().map(hint -> "\nno video: " + hint).orElse(""),
                () -> StackCommand.json(running));
        return ExitCode.OK;
    }

    private LaunchOverrides overrides() {
        LaunchOverrides overrides = LaunchOverrides.none();
        overrides = name == null ? overrides : overrides.withName(name);
        overrides = version == null ? overrides : overrides.withVersion(version);
        for (var param : params.entrySet()) {
            overrides = overrides.with(param.getKey(), value(param.getValue()));
        }
        return overrides;
    }

    /** Returns the words that start a stack so again, after its name. */
    static List<String> words(LaunchOverrides overrides) {
        List<String> words = new ArrayList<>();
        overrides.name().ifPresent(given -> words.addAll(List.of("--name", given)));
        overrides.version().ifPresent(given -> words.addAll(List.of("--engine-version", given)));
        overrides
                .params()
                .forEach((param, value) ->
                        words.addAll(List.of("--set", param + "=" + (value.isTextual() ? value.textValue() : value))));
        return words;
    }

    private static JsonNode value(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(text);
        }
    }
}
