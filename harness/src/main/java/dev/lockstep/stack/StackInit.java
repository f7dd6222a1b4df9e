package dev.lockstep.stack;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.document.ErrorKind;
import dev.lockstep.document.LockstepException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes a first {@code stack.yaml} for a server that already runs. */
public final class StackInit {
    private final LiveEndpoint endpoint;

    private StackInit(LiveEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * Looks at the server and writes what was found, with comments; the stack is named after its folder.
     *
     * @return the file
     * @throws LockstepException when nothing answers, no model is listed, or the folder has a {@code stack.yaml} already
     */
    public static Path write(LiveEndpoint endpoint, Path folder) {
        new LiveJson(endpoint)
                .requireReachable(
                        "correct the URL, or start the server",
                        "init sends none: write " + StackConfigReader.FILE_NAME
                                + " by hand, with endpoint.token_file or endpoint.token_env");
        Path file = folder.resolve(StackConfigReader.FILE_NAME);
        try {
            Files.createDirectories(folder);
            return Files.writeString(file, new StackInit(endpoint).text(name(folder)), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw new LockstepException(
                    ErrorKind.CONFIG, file + ": is there already; name another folder, or delete it", e);
        } catch (IOException e) {
            throw new LockstepException(ErrorKind.CONFIG, file + ": cannot be written: " + e.getMessage(), e);
        }
    }

    private String text(String name) {
        String model = model();
        Engine engine = EngineRecognition.recognise(endpoint);
        List<String> lines = new ArrayList<>();
        lines.add("# The stack that answers at " + endpoint.url() + ", as `lockstep init` found it. Edit it freely.");
        lines.add("schema: " + StackConfigReader.SCHEMA);
        lines.add("name: " + name);
        lines.add("engine: " + engine.key() + "   # llama.cpp | vllm | ollama | openai");
        lines.add("model: " + quoted(model) + "   # the name that requests carry");
        lines.addAll(visibility(engine));
        lines.add("endpoint:");
        lines.add("  url: " + quoted(endpoint.url().toString()));
        lines.add(
                "  # token_file: token.txt   # or token_env: NAME; headers, ca_file, proxy, concurrency, timeout_s, retries");
        lines.addAll(request(engine));
        return String.join("\n", lines) + "\n";
    }

    private String model() {
        String id = new LiveJson(endpoint).firstModel().path("id").asText();
        if (id.isEmpty()) {
            throw new LockstepException(
                    ErrorKind.ENDPOINT,
                    endpoint.url() + "/v1/models: lists no model; write " + StackConfigReader.FILE_NAME + " by hand");
        }
        return id;
    }

    private List<String> visibility(Engine engine) {
        return switch (endpoint.process()) {
            case ProcessEvidence.Seen(LocalProcess process)
            when EngineIdentity.of(process).isPresent() -> visible(process);
            case ProcessEvidence.Seen(LocalProcess process) -> opaque(engine, process + " is no known engine");
            case ProcessEvidence.Unseen(String why) -> opaque(engine, why);
        };
    }

    private static List<String> visible(LocalProcess process) {
        List<String> lines = new ArrayList<>();
        lines.add("visibility: visible   # " + process + " serves it on this machine");
        StackConfig.Files files = LaunchPaths.files(LaunchLine.of(process).params());
        Optional<Path> weights = files.weights().or(() -> mappedModel(process));
        if (weights.isPresent() && !process.origin().isElsewhere()) {
            lines.add("files:");
            line("  weights: ", weights).ifPresent(lines::add);
            line("  projector: ", files.projector()).ifPresent(lines::add);
        } else {
            lines.add("# files: {weights: model.gguf, projector: mmproj.gguf}   # what the lock must prove");
        }
        return lines;
    }

    /** A server whose command line names no model still maps it into its memory. */
    private static Optional<Path> mappedModel(LocalProcess process) {
        return process.mapped().stream()
                .map(MappedFile::path)
                .filter(path -> path.toString().endsWith(".gguf"))
                .findFirst();
    }

    private static List<String> opaque(Engine engine, String why) {
        return List.of(
                "visibility: opaque   # " + why,
                "declared:   # your word, by layer; a change of it is a new lock",
                "  engine: " + quoted(engine.key()),
                "  # weights: \"repository and revision\"");
    }

    private static List<String> request(Engine engine) {
        return switch (engine) {
            case LLAMA_CPP ->
                List.of("request: {cache_prompt: false}   # merged into every request; keeps answers exact");
            case VLLM, OLLAMA, OPENAI -> List.of();
        };
    }

    private static Optional<String> line(String field, Optional<Path> path) {
        return path.map(each -> field + quoted(each.toString()));
    }

    /** Runs lie under the stack's name, and two servers of one model are two stacks: the model cannot name them. */
    private static String name(Path folder) {
        String last = Optional.ofNullable(folder.toAbsolutePath().normalize().getFileName())
                .map(Path::toString)
                .orElse("");
        String plain = last.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]+", "-");
        String name = plain.replaceAll("^[^a-z0-9]+", "");
        return name.isEmpty() ? "stack" : name;
    }

    /** JSON text is YAML text. */
    private static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }
}
