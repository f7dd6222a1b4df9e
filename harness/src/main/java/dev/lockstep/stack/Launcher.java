package dev.lockstep.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The Python launcher of the embedded stack, called as a program that answers with JSON. */
final class Launcher {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private final Path home;
    private final Path scripts;
    private final Map<String, String> environment;
    private final Consumer<String> progress;

    Launcher(Path home, Path scripts, Map<String, String> environment, Consumer<String> progress) {
        this.home = home.toAbsolutePath();
        this.scripts = scripts.toAbsolutePath();
        this.environment = Map.copyOf(environment);
        this.progress = progress;
    }

    JsonNode call(List<String> arguments) {
        List<String> words = new ArrayList<>(List.of(
                new Python(environment).find().toString(),
                script().toString(),
                arguments.getFirst(),
                "--home",
                home.toString()));
        words.addAll(arguments.subList(1, arguments.size()));
        Command.Result result = new Command(words, environment, PATIENCE, new LastWords(progress)).run();
        if (result.exitCode() != 0) {
            throw new LockstepException(kind(result.exitCode()), message(result));
        }
        return parse(result.output());
    }

    private Path script() {
        Path script = scripts.resolve("embedded").resolve("stack.py");
        if (!Files.isRegularFile(script)) {
            throw new LockstepException(
                    ErrorKind.PREREQUISITE,
                    script + ": there is no such file; run from a checkout, or name its folder 'scripts'");
        }
        return script;
    }

    private static ErrorKind kind(int exitCode) {
        return switch (exitCode) {
            case 1 -> ErrorKind.ENDPOINT;
            case 64 -> ErrorKind.CONFIG;
            default -> ErrorKind.PREREQUISITE;
        };
    }

    private static String message(Command.Result result) {
        String words = LastWords.of(result.tail());
        return words.isBlank() ? "the launcher ended with exit code " + result.exitCode() : words;
    }

    private static JsonNode parse(String output) {
        try {
            return JSON.readTree(output);
        } catch (JsonProcessingException e) {
            throw new LockstepException(
                    ErrorKind.PREREQUISITE, "the launcher did not answer with JSON: " + output.strip(), e);
        }
    }
}
