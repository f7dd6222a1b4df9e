package dev.lockstep.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.job.Workplace;
import dev.lockstep.stack.LaunchOverrides;
import dev.lockstep.stack.ManagedStack;
import dev.lockstep.stack.RunningStack;
import dev.lockstep.stack.StackConfigReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Starts and stops stacks that Lockstep can run itself. */
@Command(
        name = "stack",
        mixinStandardHelpOptions = true,
        description = "Start, stop and list stacks that Lockstep runs itself.",
        footer = {"", "Example: lockstep stack up baselines/tiny-qwen3-vl"},
        exitCodeOnInvalidInput = ExitCode.USAGE,
        subcommands = {StackCommand.Up.class, StackCommand.Down.class, StackCommand.Status.class})
final class StackCommand extends Group {

    /** Starts one. */
    @Command(
            name = "up",
            mixinStandardHelpOptions = true,
            description =
                    "Install the engine if it is missing, start the server on a free loopback port, and wait for its health.",
            footer = {
                "",
                "Example: lockstep stack up baselines/tiny-qwen3-vl",
                "         lockstep stack up baselines/tiny-qwen3-vl --name trial --set cache_type_k=8 --set cache_type_v=8"
            },
            exitCodeOnInvalidInput = ExitCode.USAGE)
    static final class Up implements Callable<Integer> {
        @Parameters(paramLabel = "DIR", description = "A folder with stack.yaml, or the file itself.")
        private @Nullable Path stack;

        @Option(names = "--name", description = "The name to run it under; default: the stack's own.")
        private @Nullable String name;

        @Option(names = "--engine-version", description = "Another version of the engine's package.")
        private @Nullable String version;

        @Option(
                names = "--set",
                paramLabel = "PARAM=VALUE",
                description = "Change an engine parameter for this start; VALUE is JSON or plain text.")
        private Map<String, String> params = new LinkedHashMap<>();

        @Mixin
        private WorkplaceOptions place = new WorkplaceOptions();

        @Mixin
        private Output output = new Output();

        @Override
        public Integer call() {
            var config = StackConfigReader.read(Objects.requireNonNull(stack));
            RunningStack running = stacks(place, output).up(config, overrides());
            output.print(
                    running.name() + " is up at " + running.url() + " (pid " + running.pid() + ", log " + running.log()
                            + ")"
                            + running.videoHint()
                                    .map(hint -> "\nno video: " + hint)
                                    .orElse(""),
                    () -> json(running));
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

        private static JsonNode value(String text) {
            try {
                return new ObjectMapper().readTree(text);
            } catch (JsonProcessingException e) {
                return TextNode.valueOf(text);
            }
        }
    }

    /** Stops one or all. */
    @Command(
            name = "down",
            mixinStandardHelpOptions = true,
            description = "Stop stacks that `stack up` started, by their process id.",
            footer = {"", "Example: lockstep stack down tiny-qwen3-vl", "         lockstep stack down --all"},
            exitCodeOnInvalidInput = ExitCode.USAGE)
    static final class Down implements Callable<Integer> {
        @ArgGroup(multiplicity = "1")
        private @Nullable Which which;

        @Mixin
        private WorkplaceOptions place = new WorkplaceOptions();

        @Mixin
        private Output output = new Output();

        /** Either a name or all. */
        static final class Which {
            @Parameters(paramLabel = "NAME", description = "The name it runs under.")
            private @Nullable String name;

            @Option(names = "--all", description = "Every stack under this home.")
            private boolean all;
        }

        @Override
        public Integer call() {
            Which chosen = Objects.requireNonNull(which);
            ManagedStack stacks = stacks(place, output);
            List<String> ended = chosen.all ? stacks.downAll() : down(stacks, Objects.requireNonNull(chosen.name));
            output.print(
                    ended.isEmpty() ? "nothing was running" : "stopped " + String.join(", ", ended),
                    () -> new ObjectMapper().valueToTree(ended));
            return ExitCode.OK;
        }
    }

    private static List<String> down(ManagedStack stacks, String name) {
        return stacks.down(name) ? List.of(name) : List.of();
    }

    /** Lists them. */
    @Command(
            name = "status",
            mixinStandardHelpOptions = true,
            description = "List the stacks that `stack up` started.",
            footer = {"", "Example: lockstep stack status --json"},
            exitCodeOnInvalidInput = ExitCode.USAGE)
    static final class Status implements Callable<Integer> {
        @Mixin
        private WorkplaceOptions place = new WorkplaceOptions();

        @Mixin
        private Output output = new Output();

        @Override
        public Integer call() {
            List<RunningStack> all = stacks(place, output).status();
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            all.forEach(stack -> array.add(json(stack)));
            output.print(all.isEmpty() ? "no stack is up" : table(all), () -> array);
            return ExitCode.OK;
        }

        private static String table(List<RunningStack> all) {
            return all.stream()
                    .map(stack -> String.format(
                            "%-24s %-5s %s  pid %d  %s",
                            stack.name(), stack.alive() ? "up" : "dead", stack.url(), stack.pid(), stack.log()))
                    .collect(Collectors.joining("\n"));
        }
    }

    private static ManagedStack stacks(WorkplaceOptions place, Output output) {
        Workplace workplace = place.workplace(output.terminal()::say);
        return new ManagedStack(workplace.home(), workplace.scripts(), workplace.progress());
    }

    private static ObjectNode json(RunningStack stack) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", stack.name())
                .put("url", stack.url().toString())
                .put("pid", stack.pid())
                .put("alive", stack.alive())
                .put("log", stack.log().toString())
                .put("version", stack.version())
                .put("opaque", stack.opaque());
    }
}
