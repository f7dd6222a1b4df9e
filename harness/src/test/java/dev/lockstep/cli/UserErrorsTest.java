package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import dev.lockstep.job.Invocation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Damaged and hostile input through the command line, in a JVM with little memory, and in the locale C. */
final class UserErrorsTest {
    /** What the command line needs to start, and 64 MB. */
    private static final String HEAP = "-Xmx80m";

    private static final Duration MOST = Duration.ofSeconds(2);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, JsonNode> OUTCOMES = new TreeMap<>();

    @TempDir
    private static Path temporary;

    private static Path root = Path.of("");

    /** Runs the commands of a file, each a JSON list of name and words; tells what came of each in a line of JSON. */
    public static void main(String[] arguments) throws IOException {
        PrintStream tell = System.out;
        run("--version");
        for (String line : Files.readAllLines(Path.of(arguments[0]))) {
            List<String> words = new ArrayList<>();
            JSON.readTree(line).forEach(word -> words.add(word.asText()));
            String name = words.removeFirst();
            long before = cpuNanos();
            var outcome = run(words.toArray(String[]::new));
            long millis = TimeUnit.NANOSECONDS.toMillis(cpuNanos() - before);
            tell.println(JSON.createObjectNode()
                    .put("name", name)
                    .put("exit", outcome.exitCode())
                    .put("millis", millis)
                    .put("output", outcome.output())
                    .put("errors", outcome.errors()));
        }
    }

    /** The time of all threads: hashing has some of its own, and another process may slow them all down. */
    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static CommandRun run(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        int exitCode = Main.run(new Invocation("lockstep"), words);
        return new CommandRun(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @BeforeAll
    static void run_all() throws IOException, InterruptedException {
        root = temporary.toRealPath();
        List<String> lines = new ArrayList<>();
        for (UserError error : UserError.values()) {
            var words = JSON.createArrayNode().add(error.name());
            error.make(root.resolve(error.name())).forEach(words::add);
            lines.add(JSON.writeValueAsString(words));
        }
        Path commands = Files.write(root.resolve("commands"), lines);
        ProcessBuilder reader = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-classpath",
                System.getProperty("java.class.path"),
                UserErrorsTest.class.getName(),
                commands.toString());
        reader.environment().put("LC_ALL", "C");
        reader.environment().put("LOCKSTEP_HOME", root.resolve("home").toString());
        Process process = reader.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        for (String line : output.lines().toList()) {
            JsonNode outcome = JSON.readTree(line);
            OUTCOMES.put(outcome.path("name").asText(), outcome);
        }
    }

    @ParameterizedTest
    @EnumSource
    void is_told_clearly_and_quickly(UserError error) {
        JsonNode outcome = OUTCOMES.getOrDefault(error.name(), JSON.missingNode());

        assertThat(outcome.path("errors").asText()).isEqualTo(error.message(root.resolve(error.name())) + "\n");
        assertThat(outcome.path("output").asText()).isEmpty();
        assertThat(outcome.path("exit").asInt()).isEqualTo(64);
        assertThat(Duration.ofMillis(outcome.path("millis").asLong())).isLessThan(MOST);
    }
}
