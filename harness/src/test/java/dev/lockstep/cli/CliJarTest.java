package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The command line's jar holds the work of others, so it says whose, and under which licence. */
@Tag("packaged")
final class CliJarTest {
    private static final Pattern ARTEFACT = Pattern.compile("(?m)^(\\S+:\\S+) +\\S+ +META-INF/\\S+$");
    private static final Pattern TEXT = Pattern.compile("(?m) (META-INF/\\S+)$");

    private static JarFile jar;

    @BeforeAll
    static void open() throws IOException {
        jar = new JarFile(System.getProperty("lockstep.cli.jar", "target/lockstep-cli.jar"));
    }

    @AfterAll
    static void close() throws IOException {
        jar.close();
    }

    @Test
    void names_each_artefact_that_it_holds_and_no_other() throws IOException {
        List<String> named = thirdParty(ARTEFACT);

        assertThat(shaded().stream().map(origin -> nameOf(origin, named))).containsExactlyInAnyOrderElementsOf(named);
    }

    @Test
    void tells_its_version() throws IOException {
        assertThat(jar.getManifest().getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION))
                .matches(System.getProperty("lockstep.version", "\\d+\\.\\d+\\.\\d+.*"));
    }

    @Test
    void holds_the_text_of_each_licence() throws IOException {
        List<String> texts = thirdParty(TEXT);

        assertThat(texts).hasSizeGreaterThan(thirdParty(ARTEFACT).size());
        assertThat(entries(jar)).containsAll(texts);
        assertThat(text("META-INF/licenses/zstd-jni.txt"))
                .contains("Luben Karavelov", "Redistributions in binary form must reproduce the above copyright");
        assertThat(text("META-INF/licenses/zstd.txt"))
                .contains(
                        "Meta Platforms, Inc.",
                        "Neither the name Facebook, nor Meta, nor the names of its contributors");
    }

    /** Returns the jars of the class path out of which the classes came. */
    private static Set<String> shaded() throws IOException {
        Map<String, String> origins = origins();
        Set<String> shaded = new TreeSet<>();
        for (String entry : entries(jar)) {
            if (entry.endsWith(".class") && !entry.startsWith("dev/lockstep/")) {
                shaded.add(origins.getOrDefault(entry, entry + " of unknown origin"));
            }
        }
        return shaded;
    }

    private static Map<String, String> origins() throws IOException {
        Map<String, String> origins = new HashMap<>();
        for (String place : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (place.endsWith(".jar")) {
                try (JarFile origin = new JarFile(place)) {
                    entries(origin).forEach(entry -> origins.put(entry, place));
                }
            }
        }
        return origins;
    }

    /** Returns the {@code group:artefact} whose folder of a Maven repository a jar lies in; the jar when none is named. */
    private static String nameOf(String origin, List<String> named) {
        return named.stream()
                .filter(name -> origin.contains("/" + name.replace('.', '/').replace(':', '/') + "/"))
                .findFirst()
                .orElse(origin);
    }

    private static List<String> entries(JarFile any) {
        return any.stream().map(JarEntry::getName).toList();
    }

    private static List<String> thirdParty(Pattern pattern) throws IOException {
        return pattern.matcher(text("META-INF/THIRD-PARTY.txt"))
                .results()
                .map(line -> line.group(1))
                .toList();
    }

    private static String text(String name) throws IOException {
        try (InputStream content = jar.getInputStream(jar.getJarEntry(name))) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
