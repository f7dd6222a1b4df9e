package dev.lockstep.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever takes a statistic over can look up where it comes from. */
class NamedSourcesTest {
    private static final Path SOURCES = Path.of(System.getProperty("basedir", "."), "src/main/java/dev/lockstep/stats");
    private static final Pattern CLASS = Pattern.compile("^public final class ", Pattern.MULTILINE);
    private static final Pattern SOURCE = Pattern.compile("Sources?:|arXiv|\\((19|20)\\d\\d\\)");

    /** What computes nothing. */
    private static final Map<String, String> NONE = Map.of(
            "Strata.java", "holds the two arms of each prompt",
            "TopLogprobs.java", "holds what a server lists");

    @Test
    void every_public_statistic_names_its_source() throws IOException {
        Map<String, String> without = new TreeMap<>();
        for (Path file : files()) {
            String source = Files.readString(file);
            if (CLASS.matcher(source).find() && !SOURCE.matcher(source).find()) {
                without.put(file.getFileName().toString(), source);
            }
        }

        assertThat(without.keySet()).isEqualTo(new TreeMap<>(NONE).keySet());
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
