package dev.lockstep.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A launch of llama.cpp that names its model by where it is to be fetched from.
 *
 * <p>At each start the server then asks there, and where the answer is another file it deletes the one on the disk and fetches
 * the other (<a href="https://github.com/ggml-org/llama.cpp/issues/20005">llama.cpp#20005</a>): what was locked lasts until the
 * next start. {@code --offline} forbids it.
 *
 * @param how the flag or variable
 */
record FetchedModel(String how) {
    private static final Set<String> FLAGS = Set.of(
            "--docker-repo",
            "--hf-repo",
            "--hf-repo-draft",
            "--mmproj-url",
            "--model-url",
            "--spec-draft-hf",
            "-dr",
            "-hf",
            "-hfd",
            "-hfr",
            "-hfrd",
            "-mmu",
            "-mu");
    private static final List<String> VARIABLES = List.of(
            "LLAMA_ARG_DOCKER_REPO",
            "LLAMA_ARG_HF_REPO",
            "LLAMA_ARG_MMPROJ_URL",
            "LLAMA_ARG_MODEL_URL",
            "LLAMA_ARG_SPEC_DRAFT_HF_REPO");
    private static final String OFFLINE = "--offline";
    private static final Set<String> OFFLINE_VARIABLES = Set.of("LLAMA_ARG_OFFLINE", "LLAMA_OFFLINE");
    private static final Set<String> YES = Set.of("1", "enabled", "on", "true");

    /** Looks for one in the launch layer: a command line, and variables. */
    static Optional<FetchedModel> in(Map<String, JsonNode> launch) {
        List<String> flags = Stream.of("argv", "command")
                .flatMap(field -> flags(launch.get(field)).stream())
                .toList();
        boolean isOffline =
                flags.contains(OFFLINE) || OFFLINE_VARIABLES.stream().anyMatch(name -> isSet(launch, name));
        return isOffline
                ? Optional.empty()
                : flags.stream()
                        .filter(FLAGS::contains)
                        .findFirst()
                        .or(() -> VARIABLES.stream()
                                .filter(name -> launch.containsKey(LaunchEnvironment.field(name)))
                                .findFirst())
                        .map(FetchedModel::new);
    }

    /** Says what is wrong, and the remedy. */
    String problem() {
        return "the server was started with " + how + " and without " + OFFLINE
                + ": at each start it asks for the newest file, and puts it in the place of the one that is here, so"
                + " no lock can hold it; start it with " + OFFLINE + ", or name the file with -m";
    }

    private static List<String> flags(@Nullable JsonNode words) {
        return words == null
                ? List.of()
                : StreamSupport.stream(words.spliterator(), false)
                        .map(JsonNode::asText)
                        .filter(word -> word.startsWith("-"))
                        .map(word -> word.split("=", 2)[0])
                        .toList();
    }

    private static boolean isSet(Map<String, JsonNode> launch, String variable) {
        JsonNode value = launch.get(LaunchEnvironment.field(variable));
        return value != null && YES.contains(value.asText().toLowerCase(Locale.ROOT));
    }
}
