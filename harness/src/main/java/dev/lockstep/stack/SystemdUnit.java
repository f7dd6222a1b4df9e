package dev.lockstep.stack;

import dev.lockstep.lock.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads a unit file of systemd, or what {@code systemctl cat} says of one.
 *
 * <p>A file of variables that it names is read from beside it, and where it lies itself only when the unit lies in a folder of
 * systemd: elsewhere that path belongs to another machine.
 */
record SystemdUnit(LaunchSource source, String text) {
    private static final Pattern PREFIXES = Pattern.compile("^[-@:+!|]*");
    private static final String EXEC_START = "ExecStart";

    Optional<LaunchDescription> read() {
        SystemdText unit = new SystemdText(text);
        List<String> starts = unit.values(EXEC_START);
        if (starts.size() != 1) {
            source.problem(
                    "from",
                    source.file() + " has " + (starts.isEmpty() ? "no" : starts.size() + " settings") + " ExecStart in"
                            + " [Service]; name the unit of one server");
            return Optional.empty();
        }
        Map<String, String> known = new TreeMap<>();
        unit.values("Environment").forEach(value -> known.putAll(ProcText.pairs(SystemdWords.of(value))));
        boolean complete = addFiles(unit.values("EnvironmentFile"), known);
        words(unit, "UnsetEnvironment").forEach(known::remove);
        TreeMap<String, String> elsewhere = new TreeMap<>();
        words(unit, "PassEnvironment").forEach(name -> elsewhere.put(name, "the service manager"));
        known.keySet().forEach(elsewhere::remove);
        LaunchVariables variables = new LaunchVariables(new TreeMap<>(known), elsewhere, complete);
        UnknownFields unknown = new UnknownFields().add(Layer.ENGINE, "executable");
        return Optional.of(
                new LaunchDescription(command(starts.getFirst(), known), variables, new LayerFacts(), unknown));
    }

    private static List<String> words(SystemdText unit, String setting) {
        return unit.values(setting).stream()
                .flatMap(value -> SystemdWords.of(value).stream())
                .toList();
    }

    /** An {@code @} gives the program another name, as the word behind its path; a colon leaves variables alone. */
    private static List<String> command(String start, Map<String, String> variables) {
        String line = PREFIXES.matcher(start).replaceFirst("");
        String prefixes = start.substring(0, start.length() - line.length());
        List<String> words = new ArrayList<>(SystemdWords.of(line));
        if (prefixes.contains("@") && words.size() > 1) {
            words.remove(1);
        }
        return prefixes.contains(":") ? words : SystemdWords.expand(words, LaunchVariables.referable(variables));
    }

    /** Adds the variables of files; returns whether all could be read. */
    private boolean addFiles(List<String> names, Map<String, String> variables) {
        boolean complete = true;
        for (String name : names) {
            Optional<String> content = content(name.replaceFirst("^-", ""));
            complete &= content.isPresent();
            content.ifPresent(lines -> variables.putAll(fileVariables(lines)));
        }
        return complete;
    }

    private static Map<String, String> fileVariables(String content) {
        Map<String, String> variables = new TreeMap<>();
        for (String line : SystemdText.logicalLines(content)) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                variables.put(
                        line.substring(0, equals).strip(),
                        unquoted(line.substring(equals + 1).strip()));
            }
        }
        return variables;
    }

    /** Blanks in a value need no quotes here. */
    private static String unquoted(String value) {
        boolean isQuoted = value.startsWith("\"") || value.startsWith("'");
        return isQuoted ? String.join(" ", SystemdWords.of(value)) : value;
    }

    private Optional<String> content(String name) {
        Path path = Path.of(name);
        Path unit = source.file().toAbsolutePath();
        Path beside = unit.resolveSibling(String.valueOf(path.getFileName()));
        boolean isInstalled =
                unit.getParent() != null && unit.getParent().toString().contains("systemd");
        Path file = isInstalled && !Files.exists(beside) ? path : beside;
        try {
            return Files.isReadable(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
