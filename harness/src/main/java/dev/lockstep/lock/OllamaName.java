package dev.lockstep.lock;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The name of a model as Ollama knows it: {@code [host/][namespace/]model[:tag]}. */
record OllamaName(String host, String namespace, String model, String tag) {
    private static final Pattern FORM = Pattern.compile(
            "(?:(?:(?<host>[\\w][\\w.:-]*)/)?(?<namespace>\\w[\\w.-]*)/)?(?<model>\\w[\\w.-]*)(?::(?<tag>\\w[\\w.-]*))?");

    /** Reads a name; what it leaves out is Ollama's default. */
    static Optional<OllamaName> of(String name) {
        Matcher matcher = FORM.matcher(name);
        return matcher.matches()
                ? Optional.of(new OllamaName(
                        or(matcher.group("host"), "registry.ollama.ai"),
                        or(matcher.group("namespace"), "library"),
                        matcher.group("model"),
                        or(matcher.group("tag"), "latest")))
                : Optional.empty();
    }

    /** Returns the path of its manifest in a folder of manifests. */
    String path() {
        return String.join("/", host, namespace, model, tag);
    }

    private static String or(@Nullable String given, String otherwise) {
        return given == null ? otherwise : given;
    }
}
