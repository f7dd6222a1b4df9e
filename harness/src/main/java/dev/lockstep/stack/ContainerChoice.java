package dev.lockstep.stack;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Chooses one of several containers: the named one, else the only one, else the only one that looks like an engine. */
record ContainerChoice(LaunchSource source) {
    private static final Pattern ENGINE = Pattern.compile(
            "(?i).*(vllm|sglang|llama-server|llama[._-]?cpp|ollama|text-generation|trtllm|tensorrt|triton|tabbyapi|lmdeploy"
                    + "|mlc[-_]llm|mlx[-_]lm|kobold).*",
            Pattern.DOTALL);
    private static final int FIRST_WORDS = 4;

    /**
     * Returns the chosen one; empty when none can be chosen, and then the problem says so.
     *
     * @param words by the name of a container, what it {@link #looks} like
     */
    Optional<String> of(Map<String, List<String>> words) {
        Optional<String> named = source.container();
        if (named.isPresent()) {
            if (!words.containsKey(named.get())) {
                source.problem(
                        "container",
                        "'container' is '" + named.get() + "', which " + source.file() + " does not hold; it holds "
                                + names(words));
            }
            return named.filter(words::containsKey);
        }
        return words.size() == 1 ? words.keySet().stream().findFirst() : engine(words);
    }

    /** Returns what an engine is known by: later words may name another container. */
    static List<String> looks(String image, List<String> command) {
        return Stream.concat(Stream.of(image), command.stream().limit(FIRST_WORDS))
                .toList();
    }

    private Optional<String> engine(Map<String, List<String>> words) {
        List<String> engines = words.entrySet().stream()
                .filter(each -> each.getValue().stream()
                        .anyMatch(word -> ENGINE.matcher(word).matches()))
                .map(Map.Entry::getKey)
                .toList();
        if (engines.size() != 1) {
            String looks = engines.isEmpty() ? "none looks" : engines.size() + " look";
            source.problem(
                    "from",
                    source.file() + " holds " + words.size() + " containers (" + names(words) + "), of which " + looks
                            + " like an engine; name the one that serves with 'container'");
            return Optional.empty();
        }
        return engines.stream().findFirst();
    }

    private static String names(Map<String, List<String>> words) {
        return words.isEmpty() ? "none" : words.keySet().stream().sorted().collect(Collectors.joining(", "));
    }
}
