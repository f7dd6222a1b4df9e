package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.document.CanonicalJson;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Starts and stops the stacks that Lockstep itself runs, through the Python launcher under {@code scripts/embedded}. */
public final class ManagedStack {
    private final Path home;
    private final Launcher launcher;

    /**
     * Names where things lie.
     *
     * @param home the folder of engines, logs and states
     * @param scripts the folder that holds {@code embedded/stack.py}
     * @param environment the variables of the launcher and of the servers it starts; its PATH leads to Python
     * @param progress takes each line that the launcher says on its way
     */
    public ManagedStack(Path home, Path scripts, Map<String, String> environment, Consumer<String> progress) {
        this.home = home.toAbsolutePath();
        this.launcher = new Launcher(home, scripts, environment, progress);
    }

    /**
     * Starts a stack, or returns the running one when it was started the same way.
     *
     * @throws LockstepException of kind ENDPOINT when the server crashes, with the end of its log; CONFIG when the launch is
     *     wrong; PREREQUISITE when something cannot be installed
     */
    public RunningStack up(StackConfig config, LaunchOverrides overrides) {
        StackConfig.Launch launch = overrides.launch(config);
        new ModelPackages(launcher).provide(launch);
        Path file = launchFile(launch);
        try {
            String name = overrides.name().orElse(config.name());
            return RunningStack.of(launcher.call(List.of("up", "--name", name, "--launch", file.toString())));
        } catch (LockstepException e) {
            String placed = e.getMessage().replace(file.toString(), config.file() + ": launch");
            boolean isOfConfig = e.kind() == ErrorKind.CONFIG
                    && launch.equals(config.launch().orElseThrow());
            throw new LockstepException(e.kind(), isOfConfig ? of(config, placed) : placed, e);
        } finally {
            delete(file);
        }
    }

    /** What is wrong with a launch that nobody changed stands in stack.yaml. */
    private static String of(StackConfig config, String mistake) {
        String place = config.file() + ": launch";
        return mistake.contains(place) ? mistake : place + ": " + mistake;
    }

    /** Ends a stack; returns false when it was not running. */
    public boolean down(String name) {
        return !launcher.call(List.of("down", "--name", name)).isEmpty();
    }

    /** Returns the names under which stacks were ever started under this home, in their order. */
    public List<String> everStarted() {
        Path stacks = home.resolve("stacks");
        if (!Files.isDirectory(stacks)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(stacks)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(stacks + ": cannot be listed", e);
        }
    }

    /** Ends every stack under this home; returns the names of those that were running. */
    public List<String> downAll() {
        List<String> names = new ArrayList<>();
        launcher.call(List.of("down", "--all"))
                .forEach(ended -> names.add(ended.path("name").asText()));
        return names;
    }

    /** Lists the stacks that were started under this home, dead ones included. */
    public List<RunningStack> status() {
        List<RunningStack> stacks = new ArrayList<>();
        launcher.call(List.of("status")).forEach(state -> stacks.add(RunningStack.of(state)));
        return stacks;
    }

    /** Finds a stack that is up. */
    public Optional<RunningStack> find(String name) {
        return status().stream()
                .filter(stack -> stack.alive() && stack.name().equals(name))
                .findFirst();
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
