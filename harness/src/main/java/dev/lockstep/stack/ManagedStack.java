package dev.lockstep.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.document.CanonicalJson;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Starts and stops the stacks that Lockstep itself runs, through the Python launcher under {@code scripts/embedded}. */
public final class ManagedStack {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private final Path home;
    private final Path scripts;
    private final Consumer<String> progress;

    /**
     * Names where things lie.
     *
     * @param home the folder of engines, logs and states
     * @param scripts the folder that holds {@code embedded/stack.py}
     * @param progress takes each line that the launcher says on its way
     */
    public ManagedStack(Path home, Path scripts, Consumer<String> progress) {
        this.home = home.toAbsolutePath();
        this.scripts = scripts.toAbsolutePath();
        this.progress = progress;
    }

    /**
     * Starts a stack, or returns the running one when it was started the same way.
     *
     * @throws LockstepException of kind ENDPOINT when the server crashes, with the end of its log; CONFIG when the launch is
     *     wrong; PREREQUISITE when something cannot be installed
     */
    public RunningStack up(StackConfig config, LaunchOverrides overrides) {
        StackConfig.Launch launch = overrides.launch(config);
        Path file = launchFile(launch);
        try {
            String name = overrides.name().orElse(config.name());
            return RunningStack.of(call(List.of("up", "--name", name, "--launch", file.toString())));
        } finally {
            delete(file);
        }
    }

    /** Ends a stack; returns false when it was not running. */
    public boolean down(String name) {
        return !call(List.of("down", "--name", name)).isEmpty();
    }

    /** Ends every stack under this home; returns the names of those that were running. */
    public List<String> downAll() {
        List<String> names = new ArrayList<>();
        call(List.of("down", "--all"))
                .forEach(ended -> names.add(ended.path("name").asText()));
        return names;
    }

    /** Lists the stacks that were started under this home, dead ones included. */
    public List<RunningStack> status() {
        List<RunningStack> stacks = new ArrayList<>();
        call(List.of("status")).forEach(state -> stacks.add(RunningStack.of(state)));
        return stacks;
    }

    /** Finds a stack that is up. */
    public Optional<RunningStack> find(String name) {
        return status().stream()
                .filter(stack -> stack.alive() && stack.name().equals(name))
                .findFirst();
    }

    private JsonNode call(List<String> arguments) {
        List<String> words = new ArrayList<>(List.of(
                new Python(System.getenv()).find().toString(),
                launcher().toString(),
                arguments.getFirst(),
                "--home",
                home.toString()));
        words.addAll(arguments.subList(1, arguments.size()));
        Command.Result result = new Command(words, PATIENCE, progress).run();
        if (result.exitCode() != 0) {
            throw new LockstepException(kind(result.exitCode()), message(result));
        }
        return parse(result.output());
    }

    private Path launcher() {
        Path launcher = scripts.resolve("embedded").resolve("stack.py");
        if (!Files.isRegularFile(launcher)) {
            throw new LockstepException(
                    ErrorKind.PREREQUISITE,
                    launcher + ": there is no such file; run from a checkout, or name its folder 'scripts'");
        }
        return launcher;
    }

    private static ErrorKind kind(int exitCode) {
        return switch (exitCode) {
            case 1 -> ErrorKind.ENDPOINT;
            case 64 -> ErrorKind.CONFIG;
            default -> ErrorKind.PREREQUISITE;
        };
    }

    private static String message(Command.Result result) {
        return result.tail().isBlank() ? "the launcher ended with exit code " + result.exitCode() : result.tail();
    }

    private static JsonNode parse(String output) {
        try {
            return JSON.readTree(output);
        } catch (JsonProcessingException e) {
            throw new LockstepException(
                    ErrorKind.PREREQUISITE, "the launcher did not answer with JSON: " + output.strip(), e);
        }
    }

    private Path launchFile(StackConfig.Launch launch) {
        try {
            Files.createDirectories(home);
            Path file = Files.createTempFile(home, "launch-", ".json");
            return Files.writeString(file, CanonicalJson.pretty(json(launch)));
        } catch (IOException e) {
            throw new LockstepException(ErrorKind.CONFIG, home + ": cannot be written to: " + e.getMessage(), e);
        }
    }

    private static ObjectNode json(StackConfig.Launch launch) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("package", launch.packageName());
        node.put("version", launch.version());
        node.put("opaque", launch.opaque());
        ObjectNode params = node.putObject("params");
        Map<String, JsonNode> values = launch.params();
        values.forEach(params::set);
        launch.engineDirectory()
                .ifPresent(
                        folder -> node.put("engineDir", folder.toAbsolutePath().toString()));
        return node;
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
