package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.Fields;
import dev.lockstep.document.Problems;
import dev.lockstep.lock.SavedHardware;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads what {@code stack.yaml} says of a launch that Lockstep does not make, and of hardware that is not this machine's: files
 * that were saved where the stack is served, or a command line.
 */
record SavedFields(Path folder, Problems problems) {
    private static final String FROM = "from";
    private static final String COMMAND = "command";

    /** Tells whether {@code launch} describes a launch, in place of asking for one. */
    static boolean describes(Fields launch) {
        return launch.has(FROM) || launch.has(COMMAND);
    }

    SavedFacts read(Optional<Fields> launch, Fields stack) {
        SavedFacts facts =
                launch.flatMap(this::description).map(LaunchDescription::facts).orElseGet(SavedFacts::none);
        return facts.withHardware(hardware(Fields.of(stack.mapping("hardware"), "hardware", problems)));
    }

    private Optional<LaunchDescription> description(Fields launch) {
        if (launch.has(FROM) && launch.has(COMMAND)) {
            launch.problem(COMMAND, "'from' and 'command' both tell how the stack was started; keep one");
        }
        if (launch.has("package")) {
            launch.problem(
                    "package",
                    "'package' is for a stack that Lockstep starts, 'from' and 'command' for one that runs without it; keep"
                            + " one");
        }
        Optional<LaunchDescription> description =
                launch.has(FROM) ? fromFile(launch) : Optional.of(fromCommand(launch));
        launch.rejectUnknown();
        return description;
    }

    private Optional<LaunchDescription> fromFile(Fields launch) {
        Optional<String> container = launch.text("container");
        Optional<String> pod = launch.text("pod");
        return launch.text(FROM)
                .map(file -> new LaunchSource(absolute(file), container, pod, launch, problems))
                .flatMap(source -> new SavedLaunchFile(source).read());
    }

    private LaunchDescription fromCommand(Fields launch) {
        boolean isList = launch.node(COMMAND)
                .filter(DocumentNode.Sequence.class::isInstance)
                .isPresent();
        List<String> words = isList ? launch.texts(COMMAND) : ShellWords.of(launch.text(COMMAND, ""));
        Map<String, String> environment = new TreeMap<>();
        launch.mapping("env")
                .entries()
                .forEach((name, entry) ->
                        environment.put(name, entry.value().toJson().asText()));
        return new LaunchDescription(words, LaunchVariables.of(environment), new LayerFacts(), new UnknownFields());
    }

    private SortedMap<String, JsonNode> hardware(Fields fields) {
        SortedMap<String, JsonNode> found = new TreeMap<>();
        fields.text("lscpu")
                .ifPresent(
                        file -> found.putAll(SavedHardware.lscpu(absolute(file), fields.position("lscpu"), problems)));
        fields.text("nvidia_smi")
                .ifPresent(file ->
                        found.putAll(SavedHardware.nvidiaSmi(absolute(file), fields.position("nvidia_smi"), problems)));
        fields.rejectUnknown();
        return found;
    }

    private Path absolute(String path) {
        return folder.resolve(path).normalize();
    }
}
