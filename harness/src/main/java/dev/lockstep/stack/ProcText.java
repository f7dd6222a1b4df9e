package dev.lockstep.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a process was started with, from its folder under {@code /proc} or a copy of it. */
final class ProcText {

    private ProcText() {}

    static List<String> argv(Path folder) throws IOException {
        return zeroSeparated(folder.resolve("cmdline"));
    }

    /** Returns all variables, secrets too: they are not to be kept. */
    static Map<String, String> environment(Path folder) throws IOException {
        return pairs(zeroSeparated(folder.resolve("environ")));
    }

    /** Returns {@code NAME=value} texts as a map, of equal names the last; what has no {@code =} is left out. */
    static Map<String, String> pairs(List<String> texts) {
        Map<String, String> pairs = new TreeMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            if (equals > 0) {
                pairs.put(text.substring(0, equals), text.substring(equals + 1));
            }
        }
        return pairs;
    }

    private static List<String> zeroSeparated(Path file) throws IOException {
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        return text.isEmpty() ? List.of() : Arrays.asList(text.split("\0"));
    }
}
