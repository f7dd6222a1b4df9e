package dev.lockstep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps source files small; code lines are those that hold more than blanks and comments. */
class SourceSizeTest {
    private static final int MOST_CODE_LINES = 150;
    private static final Path SOURCES = Path.of(System.getProperty("basedir", "."), "src/main/java/dev/lockstep");
    private static final Pattern BLOCK_COMMENT =
            Pattern.compile("^\\s*/\\*.*?\\*/", Pattern.DOTALL | Pattern.MULTILINE);

    /** Larger files, and why each is one file. A file that has shrunk must leave the list. */
    private static final Map<String, String> LARGER = Map.of(
            "cli/DemoStory.java", "one story in its order",
            "document/Fields.java", "one short reader for each type of field",
            "report/AllureWriter.java", "the only class that may touch Allure");

    @Test
    void files_are_small_or_listed_with_a_reason() throws IOException {
        Map<String, Long> larger = new TreeMap<>();
        for (Path file : sources()) {
            long lines = codeLines(Files.readString(file));
            if (lines > MOST_CODE_LINES) {
                larger.put(SOURCES.relativize(file).toString(), lines);
            }
        }
        assertThat(larger).containsOnlyKeys(LARGER.keySet());
    }

    @Test
    void comments_and_blank_lines_are_no_code() {
        String source = """
                /** A class. */
                class A {

                    // One line.
                    /*
                     * Three lines.
                     */
                    String glob = "/**/*.yaml"; // after code
                }
                """;
        assertThat(codeLines(source)).isEqualTo(3);
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java")).collect(Collectors.toList());
        }
    }

    private static long codeLines(String source) {
        return BLOCK_COMMENT
                .matcher(source)
                .replaceAll("")
                .lines()
                .filter(line -> !line.isBlank() && !line.strip().startsWith("//"))
                .count();
    }
}
