package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.derivation.Derivation;
import dev.lockstep.derivation.DerivationReader;
import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.DocumentReader;
import dev.lockstep.document.Fields;
import dev.lockstep.document.Problems;
import dev.lockstep.document.ProblemsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads {@code stack.yaml}; what is wrong in it is reported all at once. */
public final class StackConfigReader {
    static final String SCHEMA = "stack/1";
    static final String FILE_NAME = "stack.yaml";
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]*");
    private static final Map<String, StackConfig.Visibility> VISIBILITIES =
            new TreeMap<>(Map.of("visible", StackConfig.Visibility.VISIBLE, "opaque", StackConfig.Visibility.OPAQUE));

    private final Path file;
    private final Path folder;
    private final Problems problems = new Problems();

    private StackConfigReader(Path file, Path folder) {
        this.file = file;
        this.folder = folder;
    }

    /**
     * Reads a stack.
     *
     * @param stackYamlOrFolder the file, or the folder that holds it as {@code stack.yaml}
     * @throws ProblemsException with every mistake in it
     */
    public static StackConfig read(Path stackYamlOrFolder) {
        Path file = Files.isDirectory(stackYamlOrFolder) ? stackYamlOrFolder.resolve(FILE_NAME) : stackYamlOrFolder;
        return new StackConfigReader(file, folder(file)).read();
    }

    /**
     * Reads a stack.yaml that was kept elsewhere.
     *
     * @param folder where relative paths in it begin
     * @throws ProblemsException with every mistake in it
     */
    public static StackConfig readKept(Path file, Path folder) {
        return new StackConfigReader(file, folder.toAbsolutePath()).read();
    }

    private StackConfig read() {
        Optional<DocumentNode> document = DocumentReader.read(file, problems);
        Optional<StackConfig> config = document.map(node -> config(Fields.of(node, "the stack", problems)));
        problems.throwIfAny();
        return config.orElseThrow(() -> new ProblemsException(problems.list()));
    }

    private StackConfig config(Fields fields) {
        checkSchema(fields);
        Optional<Fields> started = launchFields(fields);
        Optional<Fields> described = started.filter(SavedFields::describes);
        Optional<StackConfig.Launch> launch =
                started.filter(each -> described.isEmpty()).map(this::launch);
        LayerFields layers = new LayerFields(fields, problems);
        Derivation derivation = DerivationReader.read(fields.items("derivation"), folder, problems);
        StackConfig config = new StackConfig(
                file,
                fields.matching("name", NAME, "use a-z, 0-9, '.', '_' and '-', such as qwen3-vl-8b"),
                engine(fields),
                fields.requiredText("model", "write the name that requests carry"),
                fields.choice("visibility", VISIBILITIES, StackConfig.Visibility.VISIBLE),
                new EndpointFields(folder, problems).read(fields, launch.isPresent()),
                new RequestExtras(Fields.of(fields.mapping("request"), "request", problems)).read(),
                files(fields, launch),
                launch,
                layers.declared(derivation),
                derivation,
                new SavedFields(folder, problems).read(described, fields),
                layers.policies(),
                layers.floor(),
                EvidenceFields.read(fields, folder, problems));
        fields.rejectUnknown();
        return config;
    }

    private static Engine engine(Fields fields) {
        fields.requiredText(
                "engine", "expected one of " + String.join(", ", Engine.byKey().keySet()));
        return fields.choice("engine", Engine.byKey(), Engine.OPENAI);
    }

    private static void checkSchema(Fields fields) {
        String schema = fields.requiredText("schema", "write schema: " + SCHEMA);
        if (!schema.isEmpty() && !schema.equals(SCHEMA)) {
            fields.problem("schema", "'schema' is '" + schema + "'; this version reads " + SCHEMA);
        }
    }

    private StackConfig.Files files(Fields fields, Optional<StackConfig.Launch> launch) {
        StackConfig.Files launched = LaunchPaths.files(
                launch.map(StackConfig.Launch::params).map(Map::copyOf).orElse(Map.of()));
        return FilesFields.read(fields.mapping("files"), folder, launched, problems);
    }

    private Optional<Fields> launchFields(Fields stack) {
        return stack.has("launch")
                ? Optional.of(Fields.of(stack.mapping("launch"), "launch", problems))
                : Optional.empty();
    }

    private StackConfig.Launch launch(Fields launch) {
        StackConfig.Launch result = new StackConfig.Launch(
                launch.requiredText("package", "write package: xllamacpp"),
                launch.requiredText("version", "write the engine's version, such as 2026.10.11549"),
                launch.flag("opaque", false),
                modelPackage(launch),
                params(launch),
                Optional.empty());
        launch.rejectUnknown();
        return result;
    }

    private static Optional<String> modelPackage(Fields launch) {
        Optional<String> name = launch.text("model_package");
        name.filter(given -> !ModelPackages.NAMES.contains(given))
                .ifPresent(given -> launch.problem(
                        "model_package",
                        "'model_package' is '" + given + "'; expected " + String.join(", ", ModelPackages.NAMES)));
        return name;
    }

    private SortedMap<String, JsonNode> params(Fields launch) {
        SortedMap<String, JsonNode> params = new TreeMap<>();
        launch.mapping("params").entries().forEach((name, entry) -> {
            JsonNode value = entry.value().toJson();
            params.put(name, LaunchPaths.resolve(name, value, folder));
        });
        if (!params.containsKey(LaunchPaths.MODEL)) {
            launch.problem("params", "'params' needs '" + LaunchPaths.MODEL + "'; name the GGUF file to serve");
        }
        return params;
    }

    private static Path folder(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }
}
